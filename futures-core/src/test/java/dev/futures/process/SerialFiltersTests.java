// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;

import javax.naming.NamingException;
import javax.naming.Reference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the filters between parent and child draw the line.
 */
class SerialFiltersTests {

    private static Status check(ObjectInputFilter filter, Class<?> type, long depth, long references) {
        return filter.checkInput(new Info(type, -1, depth, references, 1));
    }

    @Test
    void aChildMaySendSoManyObjectsAndNoMore() {
        ObjectInputFilter filter = SerialFilters.fromChild(null);
        assertThat(check(filter, null, 64, 50_000_000)).isEqualTo(Status.UNDECIDED);
        assertThat(check(filter, null, 65, 1)).isEqualTo(Status.REJECTED);
        assertThat(check(filter, null, 1, 50_000_001)).isEqualTo(Status.REJECTED);
    }

    @Test
    void aParentMaySendWhatIsNestedMoreDeeply() {
        ObjectInputFilter filter = SerialFilters.fromParent();
        assertThat(check(filter, Reference.class, 500, Integer.MAX_VALUE)).isEqualTo(Status.UNDECIDED);
        assertThat(check(filter, Reference.class, 501, 1)).isEqualTo(Status.REJECTED);
    }

    @Test
    void anExceptionIsTakenFromWhereNothingElseIs() {
        ObjectInputFilter filter = SerialFilters.fromChild(null);
        assertThat(check(filter, Reference.class, 1, 1)).isEqualTo(Status.REJECTED);
        assertThat(check(filter, NamingException.class, 1, 1)).isEqualTo(Status.UNDECIDED);
    }

    @Test
    void whatBelongsToTheLibraryIsOneClass() throws Exception {
        ObjectInputFilter filter = SerialFilters.fromChild((info) -> Status.REJECTED);
        assertThat(check(filter, Class.forName("dev.futures.MapFailure"), 1, 1)).isEqualTo(Status.UNDECIDED);
        assertThat(check(filter, dev.futures.TaskTimeoutException.class, 1, 1)).isEqualTo(Status.REJECTED);
        assertThat(check(filter, null, 1, 1)).isEqualTo(Status.REJECTED);
    }

    /**
     * What a stream tells.
     *
     * @param serialClass the class
     * @param arrayLength the length of an array, or -1
     * @param depth the depth
     * @param references how many objects there are
     * @param streamBytes how many bytes have been read
     */
    private record Info(Class<?> serialClass, long arrayLength, long depth, long references,
            long streamBytes) implements FilterInfo {

    }

}
