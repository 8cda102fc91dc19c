// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.TaskOptions;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

// tag::inject[]
@Service
class Newsletter {

    private final Executor mail;

    private final Executor isolated;

    private final Map<String, Executor> all;

    Newsletter(Executor mail, @Qualifier("documents") Executor isolated, Map<String, Executor> all) {
        this.mail = mail;
        this.isolated = isolated;
        this.all = all;
    }

    Future<Integer> send(String text) {
        TaskOptions options = TaskOptions.named("newsletter").withTimeLimit(Duration.ofSeconds(5));
        return this.mail.submit(() -> text.length(), options);
    }

    Future<Integer> measure(String text) {
        return this.isolated.submit(() -> text.length()); // in a child JVM
    }

    Set<String> pools() {
        return this.all.keySet();
    }

}
// end::inject[]
