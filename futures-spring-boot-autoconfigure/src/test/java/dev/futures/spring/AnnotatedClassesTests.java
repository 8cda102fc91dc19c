// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;

import dev.futures.Future;
import dev.futures.Futures;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnnotatedClasses}.
 */
class AnnotatedClassesTests {

    private final AnnotatedClasses classes = new AnnotatedClasses(SubmitAsync.class);

    @Test
    void annotationsAreFoundWhereverSpringFindsThem() {
        assertThat(this.classes.contains(OnMethod.class)).isTrue();
        assertThat(this.classes.contains(OnClass.class)).isTrue();
        assertThat(this.classes.contains(Heir.class)).as("of a super class").isTrue();
        assertThat(this.classes.contains(Implementation.class)).as("of an interface").isTrue();
        assertThat(this.classes.contains(HeirOfImplementation.class)).as("of an interface of a super class").isTrue();
        assertThat(this.classes.contains(Composed.class)).as("of another annotation").isTrue();
        assertThat(this.classes.contains(Hidden.class)).as("of a private method, which is refused").isTrue();
    }

    @Test
    void otherClassesAreNotAmongThem() {
        assertThat(this.classes.contains(null)).isFalse();
        assertThat(this.classes.contains(Object.class)).isFalse();
        assertThat(this.classes.contains(ArrayList.class)).isFalse();
        assertThat(this.classes.contains(AnnotatedClassesTests.class)).isFalse();
        assertThat(this.classes.contains(int[].class)).isFalse();
    }

    static class OnMethod {

        @SubmitAsync
        Future<Integer> call() {
            return Futures.completed(1);
        }

    }

    static class Heir extends OnMethod {

    }

    @SubmitAsync
    static class OnClass {

    }

    interface Contract {

        @SubmitAsync
        Future<Integer> call();

    }

    static class Implementation implements Contract {

        @Override
        public Future<Integer> call() {
            return Futures.completed(1);
        }

    }

    static class HeirOfImplementation extends Implementation {

    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @SubmitAsync
    @interface Rendered {

    }

    static class Composed {

        @Rendered
        Future<Integer> call() {
            return Futures.completed(1);
        }

    }

    static class Hidden {

        @SubmitAsync
        private void call() {
        }

    }

}
