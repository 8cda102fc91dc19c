// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ConfigurableObjectInputStream;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The security context of Spring Security on its way to another process. It travels as
 * bytes of its own, so that one that cannot travel, or whose classes are not there, does
 * not take its task with it.
 */
final class SecurityElement implements ContextElement<byte[]> {

    @Override
    public Object key() {
        return SecurityContext.class.getName();
    }

    @Override
    public byte @Nullable [] capture() {
        SecurityContext present = SecurityContextHolder.getContext();
        if (present.getAuthentication() == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(present);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    @Override
    public Runnable keep() {
        return new AuthenticationElement().keep();
    }

    @Override
    public void set(byte @Nullable [] value) {
        SecurityContextHolder.clearContext();
        if (value != null) {
            SecurityContextHolder.setContext(read(value));
        }
    }

    private static SecurityContext read(byte[] value) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (ObjectInputStream in = new ConfigurableObjectInputStream(new ByteArrayInputStream(value), loader)) {
            return (SecurityContext) in.readObject();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
