// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The endpoint by way of JMX, and without a web server.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = { "spring.jmx.enabled=true", "spring.jmx.unique-names=true",
                "futures.thread-pools.reports.max-workers=1", "management.endpoints.jmx.exposure.include=futures",
                "management.endpoint.futures.access=unrestricted" })
class FuturesEndpointJmxTests {

    @Autowired
    private MBeanServer server;

    @Autowired
    private ThreadPoolExecutor reports;

    private Object invoke(String operation, Object... arguments) throws Exception {
        ObjectName name = this.server
            .queryNames(new ObjectName("org.springframework.boot:type=Endpoint,name=Futures,*"), null)
            .iterator()
            .next();
        String[] signature = java.util.Arrays.stream(this.server.getMBeanInfo(name).getOperations())
            .filter((each) -> each.getName().equals(operation))
            .flatMap((each) -> java.util.Arrays.stream(each.getSignature()))
            .map((parameter) -> parameter.getType())
            .toArray(String[]::new);
        return this.server.invoke(name, operation, arguments, signature);
    }

    @Test
    void poolsAreShownAndSteered() throws Exception {
        assertThat(this.reports.submit(() -> 1).result()).isOne();
        assertThat(invoke("pools")).asString().contains("reports={kind=thread");
        assertThat(invoke("change", "reports", 3, null, null)).isNull();
        assertThat(this.reports.maxWorkers()).isEqualTo(3);
        assertThat((Map<?, ?>) invoke("pool", "reports")).extracting("workerCounts.maximum").isEqualTo(3);
    }

    @Test
    void whatIsRefusedSaysWhy() {
        assertThatThrownBy(() -> invoke("change", "reports", null, "explode", null)).rootCause()
            .hasMessageContaining("'action' must be 'pause', 'resume', 'recycle' or 'heal' but was 'explode'");
        assertThatThrownBy(() -> invoke("cancel", "nobody", 1L)).rootCause()
            .hasMessageContaining("there is no pool 'nobody'");
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

    }

}
