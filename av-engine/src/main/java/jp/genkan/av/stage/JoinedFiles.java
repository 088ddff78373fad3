package jp.genkan.av.stage;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.av.stage.FlowFiles.OpenFile;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/**
 * Files that are put together from parts: they outlive the connections in which these come.
 *
 * <p>Thread rule: one worker.
 */
final class JoinedFiles {
    /** Files at a time: who downloads by ranges has a few of them on the way, and they share the worker's memory with all others. The one that was touched longest ago is given up. */
    static final int FILES_MAX = 64;

    private final FileMemory memory;
    private final Map<TransferredFile, OpenFile> files = new LinkedHashMap<>(16, 0.75f, true);

    JoinedFiles(FileMemory memory) {
        this.memory = memory;
    }

    @Nullable
    OpenFile find(TransferredFile file) {
        return files.get(file);
    }

    OpenFile begin(TransferredFile file) {
        giveUp();
        OpenFile open = new OpenFile(file, memory.lease());
        files.put(file, open);
        return open;
    }

    /** Those whose rest will not come, and the oldest where there are too many. */
    private void giveUp() {
        Iterator<OpenFile> all = files.values().iterator();
        while (all.hasNext()) {
            OpenFile open = all.next();
            if (open.file.state() != FileState.OPEN || files.size() >= FILES_MAX) {
                open.memory.giveBack();
                all.remove();
            }
        }
    }

    void remove(OpenFile file) {
        files.remove(file.file);
    }

    void clear() {
        files.values().forEach(file -> file.memory.giveBack());
        files.clear();
    }
}
