// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * What a child is told on its standard input before anything else: nobody else can read
 * that, unlike arguments and environment.
 *
 * @param address where the parent waits for the child to connect
 * @param secret what the child has to say there first
 * @param maxPayload the limit on frames
 * @param limitName what messages call that limit
 */
@SuppressWarnings("ArrayRecordComponent")
record Bootstrap(SocketAddress address, byte[] secret, int maxPayload, String limitName) {

    static final int SECRET_LENGTH = 32;

    private static final byte UNIX = 1;

    private static final byte LOOPBACK = 2;

    void writeTo(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        if (this.address instanceof UnixDomainSocketAddress unix) {
            out.writeByte(UNIX);
            out.writeUTF(unix.getPath().toString());
        }
        else {
            out.writeByte(LOOPBACK);
            InetSocketAddress loopback = (InetSocketAddress) this.address;
            // which of 127.0.0.1 and ::1 it is depends on options that may differ
            byte[] bytes = loopback.getAddress().getAddress();
            out.writeByte(bytes.length);
            out.write(bytes);
            out.writeInt(loopback.getPort());
        }
        out.write(this.secret);
        out.writeInt(this.maxPayload);
        out.writeUTF(this.limitName);
        out.flush();
    }

    static Bootstrap readFrom(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        SocketAddress address = readAddress(in);
        byte[] secret = new byte[SECRET_LENGTH];
        in.readFully(secret);
        int maxPayload = in.readInt();
        if (maxPayload < 1) {
            throw new ProtocolException("it broke the protocol: maxPayload must be >= 1 but was " + maxPayload);
        }
        return new Bootstrap(address, secret, maxPayload, in.readUTF());
    }

    private static SocketAddress readAddress(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        try {
            return switch (kind) {
                case UNIX -> UnixDomainSocketAddress.of(in.readUTF());
                case LOOPBACK -> new InetSocketAddress(readInetAddress(in), in.readInt());
                default -> throw new ProtocolException("it broke the protocol: unknown kind of address: " + kind);
            };
        }
        catch (IllegalArgumentException ex) {
            throw new ProtocolException("it broke the protocol: no such address: " + ex.getMessage());
        }
    }

    private static InetAddress readInetAddress(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        return InetAddress.getByAddress(bytes);
    }

}
