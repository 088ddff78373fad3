package jp.genkan.ips.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.ips.signature.Scene;
import jp.genkan.literals.LiteralCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @TempDir
    Path folder;

    private Plan plan(String rule) throws IOException {
        Path file = Files.writeString(folder.resolve("one.rules"), rule + "\n");
        RuleLoader loader = new RuleLoader(new RuleEnvironment(folder), Variables.stock(), LiteralCompiler.inJava());
        RuleLoader.Loaded loaded = loader.load(List.of(file));
        assertThat(loaded.problems()).isEmpty();
        return loaded.set().plans[0];
    }

    @Test
    void fitsATransactionWhoseProtocolTheFlowHasLeft() throws IOException {
        Plan plan = plan("alert smtp any any -> any any (smtp.helo; content:\"x\"; sid:1;)");
        Scene scene = new Scene();
        scene.application = AppProtocol.TLS; // STARTTLS came in the same packet
        Moment moment = scene.moment();
        assertThat(plan.fits(moment)).isFalse();
        assertThat(plan.fits(moment, AppProtocol.SMTP)).isTrue();
    }
}
