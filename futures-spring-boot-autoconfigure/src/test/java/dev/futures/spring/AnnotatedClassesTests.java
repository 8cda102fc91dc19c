// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;

import dev.futures.Future;
import dev.futures.Futures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnnotatedClasses}.
 */
class AnnotatedClassesTests {

    private final AnnotatedClasses classes = new AnnotatedClasses(SubmitAsync.class);

    private final Generated generated = new Generated();

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
    void whatAClassOfSpringHandsDownToOneOfAnApplicationCounts() {
        Class<?> contract = generate("org.springframework.web.Reports", null);
        assertThat(this.classes.contains(contract)).as("of Spring").isFalse();
        assertThat(this.classes.contains(generate("app.Printer", contract))).isTrue();
        assertThat(this.classes.contains(generate("org.springframework.web.Printer", contract))).as("of Spring")
            .isFalse();
    }

    @Test
    void samplesOfSpringAreApplications() {
        Class<?> contract = generate("org.springframework.samples.Reports", null);
        assertThat(this.classes.contains(contract)).isTrue();
        assertThat(this.classes.contains(generate("org.springframework.samples.Printer", contract))).isTrue();
        assertThat(this.classes.contains(generate("app.PrinterOfSample", contract))).isTrue();
    }

    /** Returns an annotated interface or, given one, a class that implements it. */
    private Class<?> generate(String name, @Nullable Class<?> implemented) {
        ClassWriter writer = new ClassWriter(0);
        String[] interfaces = (implemented != null) ? new String[] { Type.getInternalName(implemented) } : null;
        int kind = (implemented != null) ? Opcodes.ACC_ABSTRACT : Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE;
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | kind, name.replace('.', '/'), null, "java/lang/Object",
                interfaces);
        if (implemented == null) {
            writer.visitAnnotation(Type.getDescriptor(SubmitAsync.class), true).visitEnd();
        }
        writer.visitEnd();
        return this.generated.define(name, writer.toByteArray());
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

    /** Has the classes that a test generates. */
    private static final class Generated extends ClassLoader {

        Generated() {
            super(AnnotatedClassesTests.class.getClassLoader());
        }

        Class<?> define(String name, byte[] code) {
            return defineClass(name, code, 0, code.length);
        }

    }

}
