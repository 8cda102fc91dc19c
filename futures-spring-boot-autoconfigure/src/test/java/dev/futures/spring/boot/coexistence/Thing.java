// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.coexistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * Something in a database.
 */
@Entity
class Thing {

    @Id
    private Long id;

}
