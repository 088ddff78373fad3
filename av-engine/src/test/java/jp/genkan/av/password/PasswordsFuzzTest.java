package jp.genkan.av.password;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class PasswordsFuzzTest {
    @FuzzTest
    void findsInAnything(byte[] octets) {
        Passwords.find("PW: " + new String(octets, StandardCharsets.UTF_8));
    }
}
