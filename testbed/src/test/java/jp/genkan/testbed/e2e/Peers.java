package jp.genkan.testbed.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Commands;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.Program;
import jp.genkan.testbed.net.Topology;
import org.junit.jupiter.api.Assumptions;

/**
 * Real servers on the router's side of the box, each with a configuration of its own below the topology's folder, and the clients that
 * talk to them from inside. Nothing of the machine's own configuration is read or written.
 *
 * <pre>
 *   lan: curl, dig, openssl, smbclient, swaks, mbsync ----[ box ]---- wan: nginx, dnsmasq, openssl, vsftpd, smtpd, postfix, dovecot, smbd
 * </pre>
 */
final class Peers {
    /** Where all servers listen. */
    static final String SERVER = "192.168.77.1";

    /** The same by IPv6, as EVE writes it. */
    static final String SERVER_IPV6 = "fd77:0000:0000:0000:0000:0000:0000:0001";

    private final Topology topology;
    private final Path directory;

    Peers(Topology topology) throws IOException {
        this.topology = topology;
        this.directory = topology.directory();
        // Servers that give up root's rights still have to reach their folders.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** Skips the running test where one of these programs is missing. */
    static void need(String... programs) {
        for (String program : programs) {
            Assumptions.assumeTrue(Commands.find(program).isPresent(), "the program " + program + " is not installed");
        }
    }

    // ---- files

    /** A folder that everybody may read. */
    Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /** A folder that everybody may write to. */
    Path openFolder(String name) throws IOException {
        Path folder = folder(name);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        return folder;
    }

    /** Text that compresses well, different for each name. */
    static Path text(Path file, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(file.getFileName()).append(": line ").append(i).append(" of the text\n");
        }
        return Files.writeString(file, text);
    }

    /** Octets that do not compress, different for each name. */
    static Path noise(Path file, int length) throws IOException {
        byte[] octets = new byte[length];
        new SplittableRandom(file.getFileName().toString().hashCode()).nextBytes(octets);
        return Files.write(file, octets);
    }

    static String md5(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String md5(Path file) throws IOException {
        return md5(Files.readAllBytes(file));
    }

    // ---- clients

    /** Runs a client inside, in the topology's folder. */
    String client(String... command) throws IOException {
        return topology.lan().namespace().run(command);
    }

    /** Runs curl inside, quietly; what it fetches goes to a file. @return that file's octets */
    byte[] curl(String... arguments) throws IOException {
        Path fetched = directory.resolve("fetched");
        Files.deleteIfExists(fetched);
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30", "-o", fetched.toString()));
        command.addAll(List.of(arguments));
        client(command.toArray(String[]::new));
        return Files.exists(fetched) ? Files.readAllBytes(fetched) : new byte[0];
    }

    // ---- servers

    /** nginx on port 80 (HTTP/1) and 82 (HTTP/2 in clear text), if it does not run yet. @return its root folder */
    Path nginx() throws Exception {
        Path root = directory.resolve("www");
        if (Files.exists(root)) {
            return root;
        }
        folder("www");
        Path config = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid DIR/nginx.pid;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path DIR/nginx-body;
                  proxy_temp_path DIR/nginx-proxy;
                  fastcgi_temp_path DIR/nginx-fastcgi;
                  uwsgi_temp_path DIR/nginx-uwsgi;
                  scgi_temp_path DIR/nginx-scgi;
                  default_type application/octet-stream;
                  client_max_body_size 10m;
                  types { text/plain txt; application/octet-stream bin; }
                  server {
                    listen 80;
                    listen [::]:80;
                    listen 82 http2;
                    root DIR/www;
                    location /zipped/ { alias DIR/www/; gzip on; gzip_types *; gzip_min_length 1; }
                    location /chunked/ { alias DIR/www/; sub_filter_types *; sub_filter 'never there' ''; }
                    location /upload { proxy_pass http://127.0.0.1:81; }
                  }
                  server { listen 127.0.0.1:81; location / { return 200 "stored\\n"; } }
                }
                """.replace("DIR", directory.toString()));
        start(80, "nginx", "-c", config.toString(), "-p", directory.toString());
        return root;
    }

    /** dnsmasq with a few names. */
    void dnsmasq() throws Exception {
        start(
                53,
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--user=root",
                "--pid-file=" + directory.resolve("dnsmasq.pid"),
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=" + SERVER,
                "--local=/test/",
                "--host-record=www.genkan.test,198.18.0.20,2001:db8::20",
                "--cname=alias.genkan.test,www.genkan.test",
                "--mx-host=genkan.test,mail.genkan.test,10",
                "--txt-record=text.genkan.test,some words");
    }

    /** OpenSSL's own server with a self-signed certificate, for one version of TLS. @return the certificate's fingerprint */
    String tls(int port, String version) throws Exception {
        Path key = directory.resolve("tls.key");
        Path certificate = directory.resolve("tls.crt");
        if (Files.notExists(key)) {
            topology.wan()
                    .namespace()
                    .run(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "rsa:2048",
                            "-nodes",
                            "-days",
                            "30",
                            "-subj",
                            "/C=JP/O=Genkan test/CN=tls.genkan.test",
                            "-keyout",
                            key.toString(),
                            "-out",
                            certificate.toString());
        }
        start(
                port,
                "openssl",
                "s_server",
                "-accept",
                SERVER + ":" + port,
                "-www",
                version,
                "-key",
                key.toString(),
                "-cert",
                certificate.toString());
        String said = Commands.run(
                List.of("openssl", "x509", "-in", certificate.toString(), "-noout", "-fingerprint", "-sha1"));
        return said.substring(said.indexOf('=') + 1).strip();
    }

    /** vsftpd for anonymous users. @return its root folder, with a folder upload in it */
    Path vsftpd() throws Exception {
        Path root = folder("ftp");
        openFolder("ftp/upload");
        folder("ftp-empty");
        Path config = Files.writeString(directory.resolve("vsftpd.conf"), """
                listen=YES
                background=NO
                anonymous_enable=YES
                no_anon_password=YES
                anon_root=DIR/ftp
                secure_chroot_dir=DIR/ftp-empty
                ftp_username=ftp
                nopriv_user=nobody
                write_enable=YES
                anon_upload_enable=YES
                port_enable=YES
                xferlog_enable=NO
                seccomp_sandbox=NO
                isolate_network=NO
                """.replace("DIR", directory.toString()));
        start(21, "vsftpd", config.toString());
        return root;
    }

    /**
     * OpenSMTPD for the domain genkan.test. Its queue and its socket have fixed places, so it gets memory file systems of its own there,
     * which only its own mount namespace sees.
     *
     * @return the maildir of all users
     */
    Path smtpd() throws Exception {
        Path maildir = openFolder("mail").resolve("box");
        Path config = Files.writeString(
                directory.resolve("smtpd.conf"), """
                table users { "@" = "nobody" }
                listen on SERVER hostname mail.genkan.test
                action "store" maildir "DIR/mail/box" virtual <users>
                match from any for domain "genkan.test" action "store"
                """.replace("SERVER", SERVER).replace("DIR", directory.toString()));
        start(
                25,
                "sh",
                "-c",
                "mount -t tmpfs tmpfs /var/spool && mkdir -m 711 /var/spool/smtpd && mount -t tmpfs tmpfs /run"
                        + " && exec smtpd -d -f " + config);
        return maildir;
    }

    /** Postfix for the domain genkan.test, with a queue and a configuration of its own. @return the maildir of all users */
    Path postfix() throws Exception {
        Path maildir = openFolder("mail").resolve("box");
        Path folder = folder("postfix");
        folder("postfix/queue");
        topology.wan()
                .namespace()
                .run("install", "-d", "-o", "postfix", folder.resolve("data").toString());
        Files.writeString(
                folder.resolve("main.cf"), """
                compatibility_level = 3.6
                queue_directory = DIR/postfix/queue
                data_directory = DIR/postfix/data
                maillog_file = DIR/postfix/log
                maillog_file_prefixes = DIR
                myhostname = mail.genkan.test
                inet_interfaces = SERVER
                inet_protocols = ipv4
                mydestination =
                mynetworks = 192.168.77.0/24
                alias_maps =
                local_recipient_maps =
                smtpd_peername_lookup = no
                message_size_limit = 100000000
                virtual_transport = virtual
                virtual_mailbox_domains = genkan.test
                virtual_mailbox_base = DIR/mail
                virtual_mailbox_maps = static:box/
                virtual_mailbox_limit = 0
                virtual_minimum_uid = 1
                virtual_uid_maps = static:65534
                virtual_gid_maps = static:65534
                """.replace("SERVER", SERVER).replace("DIR", directory.toString()));
        Files.writeString(folder.resolve("master.cf"), """
                smtp     inet       n - n - - smtpd
                pickup   unix       n - n 60 1 pickup
                cleanup  unix       n - n - 0 cleanup
                qmgr     unix       n - n 300 1 qmgr
                rewrite  unix       - - n - - trivial-rewrite
                bounce   unix       - - n - 0 bounce
                defer    unix       - - n - 0 bounce
                proxymap unix       - - n - - proxymap
                anvil    unix       - - n - 1 anvil
                error    unix       - - n - - error
                virtual  unix       - n n - - virtual
                postlog  unix-dgram n - n - 1 postlogd
                """);
        start(25, "postfix", "-c", folder.toString(), "start-fg");
        return maildir;
    }

    /** Dovecot's POP3 and IMAP for the mail of {@link #smtpd} and {@link #postfix}; any user, password {@code secret}. */
    void dovecot() throws Exception {
        Assumptions.assumeTrue(
                Commands.run(List.of("dovecot", "--version")).startsWith("2.3."),
                "the configuration is for Dovecot 2.3");
        Path config = Files.writeString(
                directory.resolve("dovecot.conf"), """
                protocols = imap pop3
                listen = SERVER
                base_dir = DIR/dovecot/run
                state_dir = DIR/dovecot/state
                log_path = /dev/stderr
                ssl = no
                disable_plaintext_auth = no
                mail_location = maildir:DIR/mail/box
                first_valid_uid = 1
                passdb {
                  driver = static
                  args = password=secret
                }
                userdb {
                  driver = static
                  args = uid=nobody gid=nogroup home=DIR/mail
                }
                service imap-login {
                  chroot =
                }
                service pop3-login {
                  chroot =
                }
                """.replace("SERVER", SERVER).replace("DIR", directory.toString()));
        folder("dovecot");
        start(143, "dovecot", "-F", "-c", config.toString());
    }

    /** Samba with one share that guests may write to. @return its folder */
    Path smbd() throws Exception {
        Path share = openFolder("share");
        folder("samba");
        Path config = Files.writeString(smbConfig(), """
                [global]
                server role = standalone server
                workgroup = TEST
                map to guest = Bad User
                guest account = nobody
                lock directory = DIR/samba
                state directory = DIR/samba
                cache directory = DIR/samba
                pid directory = DIR/samba
                private dir = DIR/samba
                ncalrpc dir = DIR/samba/ncalrpc
                log file = DIR/samba/log
                disable spoolss = yes
                load printers = no
                [share]
                path = DIR/share
                guest ok = yes
                read only = no
                """.replace("DIR", directory.toString()));
        start(445, "smbd", "--foreground", "--no-process-group", "--debug-stdout", "--configfile=" + config);
        return share;
    }

    /** The configuration of Samba's programs. */
    Path smbConfig() {
        return directory.resolve("smb.conf");
    }

    /** Starts a server, and returns when it listens. */
    Program start(int port, String... command) throws Exception {
        Host host = topology.wan();
        Program program = host.namespace().start(command);
        try {
            Await.until(
                    command[0] + " listens on port " + port,
                    GenkanRig.LIMIT,
                    () -> !program.isAlive()
                            || !host.namespace()
                                    .run("ss", "-Hltn", "sport", "=", ":" + port)
                                    .isBlank());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + program.log(), e);
        }
        if (!program.isAlive()) {
            throw new AssertionError(String.join(" ", command) + " ended:\n" + program.log());
        }
        return program;
    }

    static String ascii(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII);
    }
}
