// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * Finds calls that a class makes of its own methods, which no proxy sees. It reads the
 * class file for them. As soon as the class could have come by another object of its
 * type, such as its own proxy, it says nothing: the call may be one of that.
 */
final class SelfInvocations extends ClassVisitor {

    /** The names and descriptors of the methods to look for. */
    private final Set<String> methods;

    private final String self;

    private final Set<String> ownTypes = new TreeSet<>();

    private final Set<String> found = new TreeSet<>();

    private boolean mayHaveProxy;

    private SelfInvocations(Class<?> type, Set<String> methods) {
        super(SpringAsmInfo.ASM_VERSION);
        this.methods = methods;
        this.self = Type.getInternalName(type);
        this.ownTypes.add(Type.getDescriptor(type));
        for (Class<?> each : ClassUtils.getAllInterfacesForClass(type)) {
            this.ownTypes.add(Type.getDescriptor(each));
        }
    }

    /**
     * Returns which methods of a class call one of these methods on {@code this}.
     * @param type the class
     * @param methods names and descriptors
     * @return descriptions of the calls; none if the class file cannot be read
     */
    static Set<String> in(Class<?> type, Set<String> methods) {
        try (InputStream file = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
            if (file == null) {
                return Set.of();
            }
            SelfInvocations visitor = new SelfInvocations(type, methods);
            new ClassReader(file).accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return visitor.mayHaveProxy ? Set.of() : visitor.found;
        }
        catch (IOException | RuntimeException ex) {
            // of a newer Java, or of a make of its own: this is only a courtesy
            return Set.of();
        }
    }

    @Override
    public @Nullable FieldVisitor visitField(int access, String name, String descriptor, @Nullable String signature,
            @Nullable Object value) {
        noteTypes(descriptor, signature);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
            String @Nullable [] exceptions) {
        noteTypes(descriptor, signature);
        return new Calls(name, name + descriptor);
    }

    /** Any mention of the type, also as a type argument, may stand for the proxy. */
    private void noteTypes(String descriptor, @Nullable String signature) {
        String types = (signature != null) ? descriptor + signature : descriptor;
        this.mayHaveProxy = this.mayHaveProxy || this.ownTypes.stream().anyMatch(types::contains);
    }

    /**
     * The code of one method.
     */
    private final class Calls extends MethodVisitor {

        private final String name;

        private final String caller;

        Calls(String name, String caller) {
            super(SpringAsmInfo.ASM_VERSION);
            this.name = name;
            this.caller = caller;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (type.equals(SelfInvocations.this.self)) {
                SelfInvocations.this.mayHaveProxy = true;
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            noteTypes(descriptor, null);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            noteTypes(Type.getReturnType(descriptor).getDescriptor(), null);
            if (opcode == Opcodes.INVOKEVIRTUAL) {
                note(owner, method, descriptor);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            boolean bound = descriptor.startsWith("(L" + SelfInvocations.this.self + ";");
            for (Object argument : arguments) {
                if (bound && argument instanceof Handle handle && handle.getTag() == Opcodes.H_INVOKEVIRTUAL) {
                    note(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        /** A method that calls itself means to. */
        private void note(String owner, String method, String descriptor) {
            String called = method + descriptor;
            if (owner.equals(SelfInvocations.this.self) && SelfInvocations.this.methods.contains(called)
                    && !called.equals(this.caller)) {
                SelfInvocations.this.found.add(source() + " calls " + method);
            }
        }

        /** The code of a lambda is in a method of its own, named after the other. */
        private String source() {
            return this.name.startsWith("lambda$") ? this.name.substring(7, this.name.lastIndexOf('$')) : this.name;
        }

    }

}
