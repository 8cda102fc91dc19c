// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * Tests for the end of requests of Spring MVC where Reactor is on the class path.
 */
@SpringBootTest(classes = WebApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class EndOfRequestWithReactorTests extends EndOfRequestContract {

}
