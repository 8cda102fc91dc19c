// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.test;

import dev.futures.test.ManualExecutor;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Leaves no task of one test method to the next, since they share their context.
 */
final class ResetManualPoolsListener implements TestExecutionListener {

    @Override
    public void afterTestMethod(TestContext testContext) {
        AutoConfigureFutures annotation = TestContextAnnotationUtils.findMergedAnnotation(testContext.getTestClass(),
                AutoConfigureFutures.class);
        if (annotation != null && annotation.mode() == AutoConfigureFutures.Mode.MANUAL
                && testContext.hasApplicationContext()) {
            ApplicationContext context = testContext.getApplicationContext();
            for (String name : context.getBeanNamesForType(ManualExecutor.class, false, false)) {
                context.getBean(name, ManualExecutor.class).reset();
            }
        }
    }

}
