package io.repertoire.customers.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Questions for people; whether one is open, and about whom, is worked out anew each time it is asked. */
final class SlowReviews {

    /** About one record of each customer it was about at first. */
    static final class Question {
        final String kind;
        private final Set<SlowRecord> records;
        private final Set<SlowCustomer> askedAbout;

        /** About two or more, and so whether they are one. */
        final boolean between;

        /** As the machine calls it. */
        @Nullable
        String id;

        Question(String kind, Set<SlowRecord> records, Set<SlowCustomer> askedAbout) {
            this.kind = kind;
            this.records = records;
            this.askedAbout = askedAbout;
            this.between = askedAbout.size() > 1;
        }
    }

    private final SlowDirectory directory;
    final List<Question> questions = new ArrayList<>();
    private final List<Question> news = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    SlowReviews(SlowDirectory directory) {
        this.directory = directory;
    }

    void remember(Remembered remembered) {
        remembered.keep(questions);
        remembered.keep(asked);
    }

    void begin() {
        news.clear();
    }

    /** Those that the present input asked. */
    List<Question> news() {
        return news;
    }

    /** Asked once of the same customers, whatever came of it; not at all if the answer is known. */
    void ask(String kind, Set<SlowCustomer> about, SlowRecord record) {
        var numbers = new TreeSet<Integer>();
        about.forEach(c -> numbers.add(c.number));
        String id = kind + numbers;
        if (asked.contains(id)) {
            return;
        }
        var records = new LinkedHashSet<SlowRecord>();
        records.add(record);
        for (SlowCustomer customer : about) {
            if (!customer.members.contains(record) && !customer.members.isEmpty()) {
                records.add(customer.members.get(0));
            }
        }
        var question = new Question(kind, records, about);
        if (isOpen(question)) {
            asked.add(id);
            questions.add(question);
            news.add(question);
        }
    }

    Set<SlowCustomer> about(Question question) {
        var about = new LinkedHashSet<SlowCustomer>();
        question.records.stream().filter(directory.records::contains).forEach(r -> about.add(directory.ownerOf(r)));
        return about;
    }

    boolean isOpen(Question question) {
        List<SlowCustomer> about = List.copyOf(about(question));
        long active = about.stream().filter(SlowCustomer::isActive).count();
        if (!question.between) {
            return active > 0;
        }
        boolean allApart = true;
        for (int i = 0; i < about.size(); i++) {
            for (int j = i + 1; j < about.size(); j++) {
                allApart &= directory.areApart(about.get(i), about.get(j));
            }
        }
        return active > 1 && !allApart;
    }

    /** Of two or more being one. */
    List<Question> openBetween() {
        return questions.stream().filter(q -> q.between && isOpen(q)).toList();
    }

    String asAsked(Question question) {
        return describe(question.kind, question.askedAbout);
    }

    String asItIs(Question question) {
        return describe(question.kind, about(question));
    }

    private String describe(String kind, Set<SlowCustomer> about) {
        var ids = new TreeSet<String>();
        about.forEach(c -> ids.add(directory.idOf(c)));
        return kind + ids;
    }
}
