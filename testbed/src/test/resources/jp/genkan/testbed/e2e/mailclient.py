"""Speaks SMTP, POP3 and IMAP as mail programs do that send in chunks and fetch in pieces.

mailclient.py read SERVER COUNT FOLDER             fetches each mail in every way, to files of the folder; sizes that are not true end it
mailclient.py abandon SERVER FILE                  sends half of a mail and closes
mailclient.py send SERVER FILE CHUNKS HOW          sends a mail by BDAT; HOW is "waiting" for each answer, or "pipelined"
"""
import imaplib
import os
import poplib
import re
import socket
import sys

LIMIT = 60
STEPS = (20_000, 3_000)


def keep(folder, name, octets):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(octets)


def by_pop3(server, count, folder):
    box = poplib.POP3(server, timeout=LIMIT)
    box.user("receiver")
    box.pass_("secret")
    for number in range(1, count + 1):
        size = int(box.list(number).split()[2])
        mail = b"".join(line + b"\r\n" for line in box.retr(number)[1])
        assert len(mail) == size, f"POP3 announces {size} octets of mail {number}, and sends {len(mail)}"
        keep(folder, f"pop3-{number}", mail)
    box.quit()


def by_pipelined_pop3(server, count, folder):
    """All commands at once, as RFC 2449 allows: the answers come one behind the other."""
    connection = socket.create_connection((server, 110), timeout=LIMIT)
    answers = connection.makefile("rb")

    def first_line():
        line = answers.readline()
        assert line.startswith(b"+OK"), line
        return line

    def rest():
        octets = b""
        line = answers.readline()
        while line != b".\r\n":
            assert line, "the connection ended in an answer"
            octets += line[1:] if line.startswith(b".") else line
            line = answers.readline()
        return octets

    first_line()
    for command in (b"USER receiver\r\n", b"PASS secret\r\n"):
        connection.sendall(command)
        first_line()
    numbers = list(range(1, count + 1)) * 2
    connection.sendall(b"LIST\r\n" + b"".join(b"RETR %d\r\nNOOP\r\n" % number for number in numbers) + b"QUIT\r\n")
    first_line()
    sizes = dict(line.split() for line in rest().splitlines())
    for number in numbers:
        first_line()
        mail = rest()
        first_line()
        assert len(mail) == int(sizes[b"%d" % number]), f"mail {number} has {len(mail)} octets, and not those that LIST says"
        keep(folder, f"pipelined-{number}", mail)
    first_line()


def literal(answer):
    return answer[0][1] if isinstance(answer[0], tuple) else b""


def in_pieces(box, number, section, step):
    octets = b""
    while True:
        piece = literal(box.fetch(str(number), f"(BODY.PEEK[{section}]<{len(octets)}.{step}>)")[1])
        octets += piece
        if len(piece) < step:
            return octets


def by_imap(server, count, folder):
    box = imaplib.IMAP4(server, timeout=LIMIT)
    box.login("receiver", "secret")
    box.select()
    for number in range(1, count + 1):
        answer = box.fetch(str(number), "(RFC822.SIZE BODY.PEEK[])")[1]
        size = int(re.search(rb"RFC822.SIZE (\d+)", answer[0][0]).group(1))
        assert len(literal(answer)) == size, f"RFC822.SIZE of mail {number} is {size}, and {len(literal(answer))} octets come"
        keep(folder, f"imap-{number}", literal(answer))
        for section in (1, 2, 3):
            keep(folder, f"section-{number}-{section}", literal(box.fetch(str(number), f"(BODY.PEEK[{section}])")[1]))
            for step in STEPS:
                keep(folder, f"pieces-{number}-{section}-{step}", in_pieces(box, number, section, step))
    box.logout()


def send(server, path, chunks, how):
    with open(path, "rb") as mail:
        octets = mail.read()
    connection = socket.create_connection((server, 25), timeout=LIMIT)
    answers = connection.makefile("rb")

    def answer():
        line = answers.readline()
        while line[3:4] == b"-":
            line = answers.readline()
        assert line[:1] in b"23", line
        return line

    answer()
    for command in (b"EHLO client.genkan.test", b"MAIL FROM:<sender@genkan.test>", b"RCPT TO:<receiver@genkan.test>"):
        connection.sendall(command + b"\r\n")
        answer()
    length = -(-len(octets) // chunks)
    for chunk in range(chunks):
        piece = octets[chunk * length : (chunk + 1) * length]
        last = b" LAST" if chunk == chunks - 1 else b""
        connection.sendall(b"BDAT %d%s\r\n" % (len(piece), last) + piece)
        if how == "waiting":
            answer()
    if how == "pipelined":
        for chunk in range(chunks):
            answer()
    connection.sendall(b"QUIT\r\n")
    answer()


def abandon(server, path):
    """Sends half of a mail by DATA, and closes."""
    with open(path, "rb") as mail:
        octets = mail.read()
    connection = socket.create_connection((server, 25), timeout=LIMIT)
    answers = connection.makefile("rb")
    answers.readline()
    for command in (b"HELO client.genkan.test", b"MAIL FROM:<sender@genkan.test>", b"RCPT TO:<receiver@genkan.test>", b"DATA"):
        connection.sendall(command + b"\r\n")
        assert answers.readline()[:1] in b"23"
    connection.sendall(octets[: len(octets) // 2])
    answers.close()
    connection.close()


if sys.argv[1] == "abandon":
    abandon(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "read":
    by_pop3(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    by_pipelined_pop3(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    by_imap(sys.argv[2], int(sys.argv[3]), sys.argv[4])
else:
    send(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
