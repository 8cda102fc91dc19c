// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

/**
 * Parts bytes into lines, which end with LF or CRLF. A line that is too long is cut into
 * pieces, but not within a character. For one thread.
 */
final class LineSplitter {

    static final int MAX_LINE = 8 * 1024;

    private final Sink sink;

    private final byte[] line = new byte[MAX_LINE];

    private int length;

    /** Whether a piece of the line has already gone. */
    private boolean cut;

    LineSplitter(Sink sink) {
        this.sink = sink;
    }

    void add(byte[] bytes, int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i);
                endLine();
                start = i + 1;
            }
        }
        append(bytes, start, count);
    }

    /** The last line may have no end. */
    void end() {
        if (this.length > 0) {
            endLine();
        }
    }

    private void append(byte[] bytes, int from, int to) {
        int position = from;
        while (position < to) {
            if (this.length == MAX_LINE) {
                cut();
            }
            int count = Math.min(to - position, MAX_LINE - this.length);
            System.arraycopy(bytes, position, this.line, this.length, count);
            this.length += count;
            position += count;
        }
    }

    private void cut() {
        int boundary = lastBoundary();
        this.sink.accept(this.line, boundary);
        this.length -= boundary;
        System.arraycopy(this.line, boundary, this.line, 0, this.length);
        this.cut = true;
    }

    /** Where a character begins that is not yet complete, or the end. */
    private int lastBoundary() {
        for (int size = 1; size < 4; size++) {
            int next = this.line[MAX_LINE - size] & 0xff;
            if (next >= 0xc0) {
                int needed = (next >= 0xf0) ? 4 : (next >= 0xe0) ? 3 : 2;
                return (needed > size) ? MAX_LINE - size : MAX_LINE;
            }
            if (next < 0x80) {
                return MAX_LINE;
            }
        }
        return MAX_LINE;
    }

    private void endLine() {
        int end = (this.length > 0 && this.line[this.length - 1] == '\r') ? this.length - 1 : this.length;
        // a line that was as long as it may be has no empty rest
        if (end > 0 || !this.cut) {
            this.sink.accept(this.line, end);
        }
        this.length = 0;
        this.cut = false;
    }

    /** Takes the lines. */
    interface Sink {

        /**
         * Takes a line.
         * @param buffer what the line is at the beginning of, valid during this call
         * @param length the number of its bytes
         */
        void accept(byte[] buffer, int length);

    }

}
