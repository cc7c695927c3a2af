import koffi from 'koffi';

/** System calls that Node has no word for. All run on the calling thread, which is what a network namespace belongs to. */
const libc = koffi.load(null);

const call = {
  setns: libc.func('int setns(int fd, int nstype)'),
  open: libc.func('int open(const char *path, int flags)'),
  close: libc.func('int close(int fd)'),
  socket: libc.func('int socket(int domain, int type, int protocol)'),
  setsockopt: libc.func('int setsockopt(int fd, int level, int name, void *value, unsigned int length)'),
  bind: libc.func('int bind(int fd, void *address, unsigned int length)'),
  connect: libc.func('int connect(int fd, void *address, unsigned int length)'),
  listen: libc.func('int listen(int fd, int backlog)'),
  accept4: libc.func('int accept4(int fd, void *address, void *length, int flags)'),
  send: libc.func('long send(int fd, void *buffer, size_t length, int flags)'),
  recv: libc.func('long recv(int fd, void *buffer, size_t length, int flags)'),
  sendto: libc.func('long sendto(int fd, void *buffer, size_t length, int flags, void *address, unsigned int size)'),
  recvfrom: libc.func('long recvfrom(int fd, void *buffer, size_t length, int flags, void *address, void *size)'),
  epollCreate: libc.func('int epoll_create1(int flags)'),
  epollControl: libc.func('int epoll_ctl(int epfd, int op, int fd, void *event)'),
  epollWait: libc.func('int epoll_wait(int epfd, void *events, int most, int timeout)'),
};

const errnos = koffi.os.errno;
const CLONE_NEWNET = 0x40000000;
const AF_INET = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const MSG_NOSIGNAL = 0x4000;
const O_CLOEXEC = 0o2000000;
const EPOLLIN = 1;
const flags = SOCK_NONBLOCK | SOCK_CLOEXEC;

function checked(result: number, what: string): number {
  if (result < 0) throw new Error(`${what}: errno ${koffi.errno()}`);
  return result;
}

export type Transport = 'tcp' | 'udp';

export function openNamespace(file: string): number {
  return checked(call.open(file, O_CLOEXEC), `open ${file}`);
}

export function enterNamespace(fd: number): void {
  checked(call.setns(fd, CLONE_NEWNET), 'setns');
}

export function close(fd: number): void {
  call.close(fd);
}

/** `struct sockaddr_in`. */
export function socketAddress(address: string, port: number): Buffer {
  const buffer = Buffer.alloc(16);
  new Uint16Array(buffer.buffer, buffer.byteOffset, 1)[0] = AF_INET;
  buffer.writeUInt16BE(port, 2);
  address.split('.').forEach((part, index) => {
    buffer[4 + index] = Number(part);
  });
  return buffer;
}

export function boundSocket(transport: Transport, address: string, port: number): number {
  const fd = checked(call.socket(AF_INET, (transport === 'tcp' ? 1 : 2) | flags, 0), 'socket');
  const own = socketAddress(address, port);
  checked(call.bind(fd, own, own.length), `bind ${transport} ${address}:${port}`);
  return fd;
}

export function listen(fd: number): void {
  checked(call.listen(fd, 4096), 'listen');
}

/** So that closing sends a reset and leaves no port waiting. */
export function closeAbruptly(fd: number): void {
  const linger = Buffer.from(new Int32Array([1, 0]).buffer);
  checked(call.setsockopt(fd, 1, 13, linger, linger.length), 'SO_LINGER');
}

/** Begins to connect; false where the kernel knows at once that there is no way. */
export function beginConnect(fd: number, to: Buffer): boolean {
  const result = call.connect(fd, to, to.length);
  if (result === 0 || koffi.errno() === errnos.EINPROGRESS) return true;
  return false;
}

/** An accepted connection, or undefined when none waits. */
export function accept(fd: number): number | undefined {
  const result = call.accept4(fd, null, null, flags) as number;
  return result < 0 ? undefined : result;
}

export function send(fd: number, data: Buffer): boolean {
  return Number(call.send(fd, data, data.length, MSG_NOSIGNAL)) === data.length;
}

/** Bytes read; 0 at the end or when there is nothing, or an error. */
export function receive(fd: number, into: Buffer): number {
  return Math.max(0, Number(call.recv(fd, into, into.length, 0)));
}

/** Answers one datagram with itself; false when none waits. */
export function echo(fd: number, buffer: Buffer): boolean {
  const from = Buffer.alloc(16);
  const size = Buffer.from(new Uint32Array([16]).buffer);
  const read = Number(call.recvfrom(fd, buffer, buffer.length, 0, from, size));
  if (read < 0) return false;
  call.sendto(fd, buffer, read, MSG_NOSIGNAL, from, from.length);
  return true;
}

// `struct epoll_event` is packed on x86-64 and nowhere else.
const packed = process.arch === 'x64';
const eventSize = packed ? 12 : 16;
const dataAt = packed ? 4 : 8;

/** Readiness to read, over sockets of any namespace. */
export class Poll {
  private readonly fd = checked(call.epollCreate(O_CLOEXEC), 'epoll_create1');
  private readonly events = Buffer.alloc(eventSize * 512);

  add(fd: number): void {
    const event = Buffer.alloc(eventSize);
    event.writeUInt32LE(EPOLLIN, 0);
    event.writeUInt32LE(fd, dataAt);
    checked(call.epollControl(this.fd, 1, fd, event), 'epoll_ctl');
  }

  /** Sockets that can be read, after at most `ms` milliseconds. */
  wait(ms: number): readonly number[] {
    const count = call.epollWait(this.fd, this.events, 512, ms) as number;
    return Array.from({ length: Math.max(0, count) }, (_, index) =>
      this.events.readUInt32LE(index * eventSize + dataAt),
    );
  }

  end(): void {
    close(this.fd);
  }
}
