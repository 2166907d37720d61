package dev.trellis.events.consumer;

import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** How far a stream was read, so that a new consumer goes on where the last one ended. */
final class Position {
    private final Clock clock;
    private final Duration replay;
    private Optional<ZonedDateTime> streamMade = Optional.empty();
    private long lastRead;

    Position(Clock clock, Duration replay) {
        this.clock = clock;
        this.replay = replay;
    }

    void read(long streamSequence) {
        lastRead = streamSequence;
    }

    /** A stream that was deleted and made again counts anew, so it is read from the start. */
    ConsumerConfiguration.Builder startIn(StreamInfo stream) {
        var made = Optional.of(stream.getCreateTime());
        if (!made.equals(streamMade) || stream.getStreamState().getLastSequence() < lastRead) {
            streamMade = made;
            lastRead = 0;
        }
        var start = ConsumerConfiguration.builder();
        return lastRead == 0
                ? start.deliverPolicy(DeliverPolicy.ByStartTime)
                        .startTime(clock.instant().minus(replay).atZone(ZoneOffset.UTC))
                : start.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(lastRead + 1);
    }
}
