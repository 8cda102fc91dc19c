// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.futures.QueueFullException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The documents there are, oldest first. There is a limit to how many may wait, beyond
 * which none is accepted, and to how many are kept, beyond which the oldest one that is
 * finished has to go.
 */
@Component
final class Documents {

    private final int maxKept;

    private final WorkDirectory files;

    // guarded by itself
    private final Map<String, Document> documents = new LinkedHashMap<>();

    Documents(InspectorProperties properties, WorkDirectory files) {
        this.maxKept = properties.maxDocuments();
        this.files = files;
    }

    /**
     * Adds documents: all of them, or none.
     * @throws QueueFullException if too many would be waiting
     */
    void add(List<Document> added, int maxWaiting) {
        List<Document> dropped;
        synchronized (this.documents) {
            long waiting = this.documents.values().stream().filter(Document::isWaiting).count();
            if (waiting + added.size() > maxWaiting) {
                throw new QueueFullException("There is no room for " + added.size() + " more: " + waiting
                        + " are waiting already, and no more than " + maxWaiting + " may.");
            }
            added.forEach((document) -> this.documents.put(document.id(), document));
            dropped = oldestFinished(this.documents.size() - this.maxKept);
            dropped.forEach((document) -> this.documents.remove(document.id()));
        }
        dropped.forEach((document) -> this.files.remove(document.directory()));
    }

    private List<Document> oldestFinished(int count) {
        return this.documents.values().stream().filter(Document::isFinished).limit(Math.max(0, count)).toList();
    }

    @Nullable Document find(String id) {
        synchronized (this.documents) {
            return this.documents.get(id);
        }
    }

    List<Document> newestFirst() {
        synchronized (this.documents) {
            List<Document> all = new ArrayList<>(this.documents.values());
            Collections.reverse(all);
            return all;
        }
    }

    /** Removes a document with its files, if it is still there. */
    void remove(Document document) {
        boolean there;
        synchronized (this.documents) {
            there = this.documents.remove(document.id(), document);
        }
        if (there) {
            this.files.remove(document.directory());
        }
    }

}
