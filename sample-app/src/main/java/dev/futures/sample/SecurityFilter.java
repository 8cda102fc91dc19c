// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers to load nothing from elsewhere, and refuses what other web sites make
 * them send here: being bound to localhost is no protection against those.
 */
@Component
class SecurityFilter extends OncePerRequestFilter {

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (READING.contains(request.getMethod()) || isOwn(request.getHeader("Sec-Fetch-Site"))) {
            chain.doFilter(request, response);
        }
        else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "Another web site sent this request.");
        }
    }

    /** Programs that are no browsers do not send the header. */
    private static boolean isOwn(@Nullable String site) {
        return site == null || OWN.contains(site);
    }

}
