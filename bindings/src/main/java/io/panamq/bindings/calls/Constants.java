// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import io.panamq.bindings.Platform;

/**
 * The numbers of {@code zmq.h} and of the C library that the api uses. They are repeated here
 * because jextract's class is large, and each program would have to load it; a test compares the
 * two.
 */
public final class Constants {
    // ---- flags of a send or receive

    /** {@code ZMQ_DONTWAIT}: the call does not wait. */
    public static final int DONTWAIT = 1;

    /** {@code ZMQ_SNDMORE}: more frames of the same message follow. */
    public static final int SNDMORE = 2;

    // ---- results of calls: negated error numbers

    /** No message is there to receive, or there is no room to send. */
    public static final int EAGAIN = Platform.current().os().equals("macos") ? -35 : -11;

    /** A signal ended the call. */
    public static final int EINTR = -4;

    /** The endpoint or descriptor is not known. */
    public static final int ENOENT = -2;

    /** The descriptor is known already; this is Linux's number, for epoll. */
    public static final int EEXIST = -17;

    // ---- socket options

    /** {@code ZMQ_SUBSCRIBE}. */
    public static final int SUBSCRIBE = 6;

    /** {@code ZMQ_UNSUBSCRIBE}. */
    public static final int UNSUBSCRIBE = 7;

    /** {@code ZMQ_RCVMORE}. */
    public static final int RCVMORE = 13;

    /** {@code ZMQ_FD}. */
    public static final int FD = 14;

    /** {@code ZMQ_EVENTS}. */
    public static final int EVENTS = 15;

    /** {@code ZMQ_LINGER}. */
    public static final int LINGER = 17;

    /** {@code ZMQ_SNDHWM}. */
    public static final int SNDHWM = 23;

    /** {@code ZMQ_RCVHWM}. */
    public static final int RCVHWM = 24;

    /** {@code ZMQ_RCVTIMEO}. */
    public static final int RCVTIMEO = 27;

    /** {@code ZMQ_SNDTIMEO}. */
    public static final int SNDTIMEO = 28;

    /** {@code ZMQ_LAST_ENDPOINT}. */
    public static final int LAST_ENDPOINT = 32;

    /** {@code ZMQ_ROUTER_MANDATORY}. */
    public static final int ROUTER_MANDATORY = 33;

    /** {@code ZMQ_IMMEDIATE}. */
    public static final int IMMEDIATE = 39;

    /** {@code ZMQ_MECHANISM}. */
    public static final int MECHANISM = 43;

    /** {@code ZMQ_PLAIN_SERVER}. */
    public static final int PLAIN_SERVER = 44;

    /** {@code ZMQ_PLAIN_USERNAME}. */
    public static final int PLAIN_USERNAME = 45;

    /** {@code ZMQ_PLAIN_PASSWORD}. */
    public static final int PLAIN_PASSWORD = 46;

    /** {@code ZMQ_CURVE_SERVER}. */
    public static final int CURVE_SERVER = 47;

    /** {@code ZMQ_CURVE_PUBLICKEY}. */
    public static final int CURVE_PUBLICKEY = 48;

    /** {@code ZMQ_CURVE_SECRETKEY}. */
    public static final int CURVE_SECRETKEY = 49;

    /** {@code ZMQ_CURVE_SERVERKEY}. */
    public static final int CURVE_SERVERKEY = 50;

    /** {@code ZMQ_REQ_CORRELATE}. */
    public static final int REQ_CORRELATE = 52;

    /** {@code ZMQ_REQ_RELAXED}. */
    public static final int REQ_RELAXED = 53;

    /** {@code ZMQ_CONFLATE}. */
    public static final int CONFLATE = 54;

    /** {@code ZMQ_ZAP_DOMAIN}. */
    public static final int ZAP_DOMAIN = 55;

    /** {@code ZMQ_GSSAPI_SERVER}. */
    public static final int GSSAPI_SERVER = 62;

    /** {@code ZMQ_GSSAPI_PRINCIPAL}. */
    public static final int GSSAPI_PRINCIPAL = 63;

    /** {@code ZMQ_GSSAPI_SERVICE_PRINCIPAL}. */
    public static final int GSSAPI_SERVICE_PRINCIPAL = 64;

    /** {@code ZMQ_GSSAPI_PLAINTEXT}. */
    public static final int GSSAPI_PLAINTEXT = 65;

    /** {@code ZMQ_GSSAPI_PRINCIPAL_NAMETYPE}. */
    public static final int GSSAPI_PRINCIPAL_NAMETYPE = 90;

    /** {@code ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE}. */
    public static final int GSSAPI_SERVICE_PRINCIPAL_NAMETYPE = 91;

    /** {@code ZMQ_CONNECT_ROUTING_ID}. */
    public static final int CONNECT_ROUTING_ID = 61;

    /** {@code ZMQ_SOCKS_PROXY}. */
    public static final int SOCKS_PROXY = 68;

    /** {@code ZMQ_USE_FD}. */
    public static final int USE_FD = 89;

    /** {@code ZMQ_XPUB_MANUAL}. */
    public static final int XPUB_MANUAL = 71;

    /** {@code ZMQ_XPUB_MANUAL_LAST_VALUE}, draft. */
    public static final int XPUB_MANUAL_LAST_VALUE = 98;

    /** {@code ZMQ_ZAP_ENFORCE_DOMAIN}, draft. */
    public static final int ZAP_ENFORCE_DOMAIN = 93;

    /** {@code ZMQ_IN_BATCH_SIZE}, draft. */
    public static final int IN_BATCH_SIZE = 101;

    /** {@code ZMQ_OUT_BATCH_SIZE}, draft. */
    public static final int OUT_BATCH_SIZE = 102;

    /** {@code ZMQ_RECONNECT_STOP}, draft. */
    public static final int RECONNECT_STOP = 109;

    /** {@code ZMQ_DISCONNECT_MSG}, draft. */
    public static final int DISCONNECT_MSG = 111;

    // ---- context options

    /** {@code ZMQ_IO_THREADS}. */
    public static final int IO_THREADS = 1;

    /** {@code ZMQ_MAX_SOCKETS}. */
    public static final int MAX_SOCKETS = 2;

    /** {@code ZMQ_THREAD_PRIORITY}. */
    public static final int THREAD_PRIORITY = 3;

    /** {@code ZMQ_THREAD_SCHED_POLICY}. */
    public static final int THREAD_SCHED_POLICY = 4;

    /** {@code ZMQ_THREAD_AFFINITY_CPU_ADD}. */
    public static final int THREAD_AFFINITY_CPU_ADD = 7;

    /** {@code ZMQ_THREAD_AFFINITY_CPU_REMOVE}. */
    public static final int THREAD_AFFINITY_CPU_REMOVE = 8;

    /** {@code ZMQ_THREAD_NAME_PREFIX}. */
    public static final int THREAD_NAME_PREFIX = 9;

    /** {@code ZMQ_BLOCKY}. */
    public static final int BLOCKY = 70;

    /** {@code ZMQ_IPV6}, of contexts and sockets. */
    public static final int IPV6 = 42;

    // ---- message properties

    /** {@code ZMQ_SHARED}. */
    public static final int SHARED = 3;

    // ---- events

    /** {@code ZMQ_POLLIN}. */
    public static final int POLLIN = 1;

    /** {@code ZMQ_POLLOUT}. */
    public static final int POLLOUT = 2;

    /** {@code ZMQ_POLLERR}. */
    public static final int POLLERR = 4;

    /** {@code ZMQ_POLLPRI}. */
    public static final int POLLPRI = 8;

    /** {@code ZMQ_EVENT_PIPES_STATS}, of monitors of version 2. */
    public static final int EVENT_PIPES_STATS = 0x10000;

    /** {@code ZMQ_EVENT_ALL_V1}: all events of a monitor of version 1. */
    public static final int EVENT_ALL_V1 = 0xFFFF;

    /** {@code ZMQ_CURVE}: the security mechanism. */
    public static final int CURVE = 2;

    /** {@code ZMQ_GSSAPI}: the security mechanism. */
    public static final int GSSAPI = 3;

    private Constants() {}
}
