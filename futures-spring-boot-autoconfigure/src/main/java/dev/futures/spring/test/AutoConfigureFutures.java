// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Says, on a test class, how the pools of the application run their tasks in this test:
 * those that are made from properties, with or without any. Pools that the application
 * declares as beans itself stay as they are. The test slices of Spring MVC and WebFlux
 * have pools anyway; any other test gets them by this annotation.
 *
 * <pre>
 * &#64;SpringBootTest
 * &#64;AutoConfigureFutures
 * class RendererTests {
 *
 *     &#64;Test
 *     void rendersEveryPage(@Autowired Renderer renderer) throws Exception {
 *         assertThat(renderer.render(document)).hasResult(pages);
 *     }
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureFutures {

    /**
     * How tasks run.
     * @return the mode
     */
    Mode mode() default Mode.INLINE;

    /**
     * How the tasks of pools run in a test.
     */
    enum Mode {

        /**
         * In the thread that submits them, which finds their futures done. A
         * {@link dev.futures.spring.SubmitAsync} method of a process pool runs in this
         * JVM as well, on the very bean, and nothing is serialized.
         */
        INLINE,
        /**
         * When the test says so: each pool is a {@link dev.futures.test.ManualExecutor},
         * a bean of the same name. It is not a {@code ThreadPoolExecutor} or
         * {@code ProcessPoolExecutor}, so what is to be tested has to ask for a
         * {@link dev.futures.Executor}. After each test method what still waits is
         * cancelled.
         */
        MANUAL,
        /**
         * As in production, in threads and processes, whatever {@code futures.inline} is.
         */
        POOLS

    }

}
