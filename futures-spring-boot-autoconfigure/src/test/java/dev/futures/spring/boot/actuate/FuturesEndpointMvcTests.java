// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * The endpoint on Spring MVC.
 */
@SpringBootTest(classes = FuturesEndpointWebContract.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.main.web-application-type=servlet")
class FuturesEndpointMvcTests extends FuturesEndpointWebContract {

}
