// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.coexistence;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All that is in the database.
 */
interface Things extends JpaRepository<Thing, Long> {

}
