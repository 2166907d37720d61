package dev.trellis.events.wire;

import dev.trellis.scheduler.observe.HostInventory;
import java.util.Optional;

/** Reads the reply to {@code host.get}. */
public final class InventoryDecoder {
    private InventoryDecoder() {}

    /**
     * @return empty when it is no reply; its response is absent unless both lists are there, for
     *     what is not said is unknown and not nothing
     */
    public static Optional<CtlResponse<HostInventory>> decode(byte[] reply) {
        return ReplyDecoder.decode(
                reply,
                in -> {
                    var fields = Fields.read(in);
                    return fields.inventory(fields.hostId);
                });
    }
}
