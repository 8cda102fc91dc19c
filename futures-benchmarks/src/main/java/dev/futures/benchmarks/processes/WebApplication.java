// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A small web application, which says when it has started and ends at the end of its
 * standard input. It does not know whether the starter is there.
 */
public final class WebApplication {

    private WebApplication() {
    }

    /**
     * Starts the application.
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try (ConfigurableApplicationContext context = SpringApplication.run(Application.class,
                "--spring.main.banner-mode=off", "--logging.level.root=warn", "--server.port=0")) {
            PrintStream output = System.out;
            output.println(ManagementFactory.getThreadMXBean().getThreadCount() + " "
                    + ProcessHandle.current().children().count());
            output.flush();
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

    }

}
