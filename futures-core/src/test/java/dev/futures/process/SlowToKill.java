// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that has something done while its descendants are looked for.
 */
final class SlowToKill extends Process {

    private final Process process;

    private final Runnable meanwhile;

    SlowToKill(Process process, Runnable meanwhile) {
        this.process = process;
        this.meanwhile = meanwhile;
    }

    @Override
    public ProcessHandle toHandle() {
        ProcessHandle handle = this.process.toHandle();
        return (ProcessHandle) Proxy.newProxyInstance(SlowToKill.class.getClassLoader(),
                new Class<?>[] { ProcessHandle.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals("descendants")) {
                        this.meanwhile.run();
                    }
                    try {
                        return method.invoke(handle, arguments);
                    }
                    catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    @Override
    public OutputStream getOutputStream() {
        return this.process.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return this.process.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return this.process.getErrorStream();
    }

    @Override
    public long pid() {
        return this.process.pid();
    }

    @Override
    public boolean isAlive() {
        return this.process.isAlive();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return this.process.onExit();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return this.process.waitFor(timeout, unit);
    }

    @Override
    public int waitFor() throws InterruptedException {
        return this.process.waitFor();
    }

    @Override
    public int exitValue() {
        return this.process.exitValue();
    }

    @Override
    public void destroy() {
        this.process.destroy();
    }

}
