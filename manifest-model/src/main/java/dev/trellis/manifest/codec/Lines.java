package dev.trellis.manifest.codec;

import java.util.ArrayList;
import java.util.List;

/** A document by its lines, found without looking through it again. */
final class Lines {

    private final String document;
    private final List<Integer> starts = new ArrayList<>();

    Lines(String document) {
        this.document = document;
        starts.add(0);
        for (int at = document.indexOf('\n'); at >= 0; at = document.indexOf('\n', at + 1)) {
            starts.add(at + 1);
        }
    }

    /** How many there are. */
    int count() {
        return starts.size();
    }

    /** The line with that number, counted from 1, without its end; empty if there is none. */
    String line(int number) {
        if (number < 1 || number > starts.size()) {
            return "";
        }
        int end = number == starts.size() ? document.length() : starts.get(number) - 1;
        return document.substring(starts.get(number - 1), end).stripTrailing();
    }
}
