# SPDX-License-Identifier: Apache-2.0
"""A foreign peer in Python: one socket, one conversation. The contract is ../README.md."""

import argparse
import hashlib
import os
import signal
import sys

import zmq

SENDS_FIRST = {"REQ", "DEALER"}
ANSWERS = {"REP", "ROUTER"}
ONLY_SENDS = {"PUSH", "PUB"}
ONLY_RECEIVES = {"PULL", "SUB"}
TYPES = sorted(SENDS_FIRST | ANSWERS | ONLY_SENDS | ONLY_RECEIVES)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--type", required=True, choices=TYPES)
    role = parser.add_mutually_exclusive_group(required=True)
    role.add_argument("--bind", metavar="ENDPOINT")
    role.add_argument("--connect", metavar="ENDPOINT")
    parser.add_argument("--message", action="append", required=True, metavar="SIZE,SIZE,...")
    parser.add_argument("--deadline", type=int, default=60, metavar="SECONDS")
    parser.add_argument("--curve-public", metavar="Z85")
    parser.add_argument("--curve-secret", metavar="Z85")
    parser.add_argument("--curve-server-public", metavar="Z85")
    return parser.parse_args()


def say(*words):
    print(*words, flush=True)


def report(event, number, frames):
    told = (f"{len(frame)}:{hashlib.sha256(frame).hexdigest()}" for frame in frames)
    say(event, number, *told)


def end_by_itself(seconds):
    """A container that nobody stops must not stay for ever."""

    def give_up(*_):
        say("error", f"not done after {seconds} s")
        os._exit(1)

    signal.signal(signal.SIGALRM, give_up)  # process 1 ignores signals without a handler
    signal.alarm(seconds)


def secure(socket, args):
    if not args.curve_secret:
        return
    socket.curve_publickey = args.curve_public.encode()
    socket.curve_secretkey = args.curve_secret.encode()
    if args.curve_server_public:
        socket.curve_serverkey = args.curve_server_public.encode()
    else:
        socket.curve_server = True


def open_socket(context, args):
    # PUB cannot tell when a subscriber has arrived; XPUB is the PUB that can.
    name = "XPUB" if args.type == "PUB" else args.type
    socket = context.socket(getattr(zmq, name))
    secure(socket, args)
    socket.sndtimeo = socket.rcvtimeo = args.deadline * 1000
    # A SUB that lingers would wait for a vanished PUB to come back and take the subscription.
    socket.linger = 0 if args.type in ONLY_RECEIVES else args.deadline * 1000
    if args.bind:
        socket.bind(args.bind)
    else:
        socket.connect(args.connect)
    return socket


class Conversation:
    def __init__(self, socket, args):
        self.socket = socket
        self.type = args.type
        self.plan = [[int(size) for size in message.split(",")] for message in args.message]
        self.sender = []  # ROUTER: the routing id of the last message

    def run(self):
        if self.type == "SUB":
            self.socket.subscribe(b"")
        say("ready", self.socket.last_endpoint.rstrip(b"\0").decode())
        if self.type == "PUB":
            self.await_subscriber()
        for number in range(len(self.plan)):
            if self.type in SENDS_FIRST | ONLY_SENDS:
                self.send(number)
            if self.type not in ONLY_SENDS:
                self.receive(number)
            if self.type in ANSWERS:
                self.send(number)

    def await_subscriber(self):
        frame = self.socket.recv()
        if frame != b"\x01":
            raise RuntimeError(f"expected a subscription to everything, got {frame!r}")

    def send(self, number):
        frames = [os.urandom(size) for size in self.plan[number]]
        report("sent", number, frames)
        self.socket.send_multipart(self.sender + frames)

    def receive(self, number):
        frames = self.socket.recv_multipart()
        if self.type == "ROUTER":
            self.sender, frames = frames[:1], frames[1:]
        report("received", number, frames)


def main():
    args = arguments()
    end_by_itself(args.deadline)
    say("hello", f"pyzmq {zmq.__version__} on libzmq {zmq.zmq_version()}")
    try:
        with zmq.Context() as context, open_socket(context, args) as socket:
            Conversation(socket, args).run()
    except Exception as problem:  # the one place where every failure becomes a line
        say("error", f"{type(problem).__name__}: {problem}")
        return 1
    say("done")  # only now: the context has sent everything
    return 0


if __name__ == "__main__":
    sys.exit(main())
