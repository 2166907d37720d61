package dev.trellis.api.wadm;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in order within a lane and at once across lanes, on virtual threads. A lane is there
 * only while it has work.
 */
final class Lanes {
    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    private final String name;
    private final Semaphore running;
    private final Map<String, Queue<Runnable>> lanes = new HashMap<>();

    /** {@code atOnce}: most pieces of work that run at the same time. */
    Lanes(String name, int atOnce) {
        this.name = name;
        this.running = new Semaphore(atOnce, true);
    }

    /** Returns at once; what comes before it in its lane is done first. */
    void run(String lane, Runnable work) {
        synchronized (lanes) {
            var waiting = lanes.get(lane);
            if (waiting != null) {
                waiting.add(work);
                return;
            }
            var queue = new ArrayDeque<Runnable>();
            queue.add(work);
            lanes.put(lane, queue);
        }
        var _ = Thread.ofVirtual().name(name).start(() -> drain(lane));
    }

    /** Whether nothing runs or waits. */
    boolean isIdle() {
        synchronized (lanes) {
            return lanes.isEmpty();
        }
    }

    private void drain(String lane) {
        while (true) {
            Runnable work;
            synchronized (lanes) {
                var queue = lanes.get(lane);
                var next = queue == null ? null : queue.poll();
                if (next == null) {
                    lanes.remove(lane);
                    return;
                }
                work = next;
            }
            running.acquireUninterruptibly();
            try {
                work.run();
            } catch (RuntimeException wrong) {
                // one piece of work must not take those behind it along
                log.atError().addKeyValue("lane", lane).setCause(wrong).log("work failed");
            } finally {
                running.release();
            }
        }
    }
}
