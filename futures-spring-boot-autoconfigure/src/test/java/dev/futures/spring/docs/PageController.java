// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import dev.futures.Future;
import dev.futures.QueueFullException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

// tag::controller[]
@RestController
class PageController {

    private final Renderer renderer;

    PageController(Renderer renderer) {
        this.renderer = renderer;
    }

    @GetMapping("/pages/{title}")
    Future<String> page(@PathVariable String title) {
        return this.renderer.render(new Page(title, false, false));
    }

    @GetMapping("/drafts/{title}")
    ResponseEntity<Future<String>> draft(@PathVariable String title) {
        return ResponseEntity.accepted().body(this.renderer.render(new Page(title, false, false)));
    }

    @ExceptionHandler
    ResponseEntity<String> busy(QueueFullException ex) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "1").build();
    }

}
// end::controller[]
