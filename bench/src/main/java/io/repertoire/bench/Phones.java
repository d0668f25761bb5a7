package io.repertoire.bench;

/** Phone numbers that the numbering plans hold to be valid, a different one for every index. */
final class Phones {

    private static final int[] CANADIAN_AREAS = {
        514, 438, 450, 579, 418, 581, 819, 873, 416, 647, 905, 604, 778, 403, 587, 204, 306, 506, 902, 709
    };
    private static final int[] FRENCH_SECOND_DIGITS = {1, 2, 4, 5, 6, 7, 8};

    /** 200 to 999 without the service codes (211 … 911) and without 555. */
    private static final int[] EXCHANGES = exchanges();

    private static final long CANADIAN = (long) CANADIAN_AREAS.length * EXCHANGES.length * 10_000;
    private static final long FRENCH = FRENCH_SECOND_DIGITS.length * 10_000_000L;

    /** Coprime to both capacities: multiplying by it scatters indexes without two of them meeting. */
    private static final long SCATTER = 982_451_653L;

    private Phones() {}

    private static int[] exchanges() {
        return java.util.stream.IntStream.range(200, 1000)
                .filter(x -> x % 100 != 11 && x != 555)
                .toArray();
    }

    /** Indexes a country's plan has room for: half for first numbers, half for second ones. */
    static long people() {
        return Math.min(CANADIAN, FRENCH) / 2;
    }

    /** @param second a person's other number */
    static void append(StringBuilder out, long person, boolean second, boolean french) {
        long capacity = french ? FRENCH : CANADIAN;
        long index = (second ? capacity / 2 : 0) + person % (capacity / 2);
        long number = index * SCATTER % capacity;
        if (french) {
            out.append("06 ").append(FRENCH_SECOND_DIGITS[(int) (number / 10_000_000)]);
            String rest = String.format("%07d", number % 10_000_000);
            out.append(rest.charAt(0))
                    .append(' ')
                    .append(rest, 1, 3)
                    .append(' ')
                    .append(rest, 3, 5);
            out.append(' ').append(rest, 5, 7);
        } else {
            long exchange = number / 10_000;
            int area = CANADIAN_AREAS[(int) (exchange / EXCHANGES.length)];
            out.append(area)
                    .append('-')
                    .append(EXCHANGES[(int) (exchange % EXCHANGES.length)])
                    .append('-');
            long line = number % 10_000;
            out.append((char) ('0' + line / 1000)).append((char) ('0' + line / 100 % 10));
            out.append((char) ('0' + line / 10 % 10)).append((char) ('0' + line % 10));
        }
    }
}
