package io.repertoire.customers.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Questions about two customers or more; whether one is open, and about whom, is worked out anew each time it is asked. */
final class SlowReviews {

    /** About one record of each customer it was about at first. */
    static final class Question {
        private final String kind;
        private final Set<SlowRecord> records;

        Question(String kind, Set<SlowRecord> records) {
            this.kind = kind;
            this.records = records;
        }
    }

    private final SlowDirectory directory;
    private final List<Question> questions = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    SlowReviews(SlowDirectory directory) {
        this.directory = directory;
    }

    /** Asked once of the same customers, whatever came of it; not at all if the answer is known. */
    void ask(String kind, Set<SlowCustomer> about, SlowRecord record) {
        var numbers = new TreeSet<Integer>();
        about.forEach(c -> numbers.add(c.number));
        String id = kind + numbers;
        if (about.size() < 2 || asked.contains(id)) {
            return;
        }
        var records = new LinkedHashSet<SlowRecord>();
        records.add(record);
        for (SlowCustomer customer : about) {
            if (!customer.members.contains(record)) {
                records.add(customer.members.get(0));
            }
        }
        var question = new Question(kind, records);
        if (isOpen(question)) {
            asked.add(id);
            questions.add(question);
        }
    }

    Set<SlowCustomer> about(Question question) {
        var about = new LinkedHashSet<SlowCustomer>();
        question.records.forEach(r -> about.add(directory.ownerOf(r)));
        return about;
    }

    private boolean isOpen(Question question) {
        List<SlowCustomer> about = List.copyOf(about(question));
        if (about.stream().filter(SlowCustomer::isActive).count() < 2) {
            return false;
        }
        boolean allApart = true;
        for (int i = 0; i < about.size(); i++) {
            for (int j = i + 1; j < about.size(); j++) {
                allApart &= directory.areApart(about.get(i), about.get(j));
            }
        }
        return !allApart;
    }

    /** The open one of this description. */
    Question named(String description) {
        return questions.stream()
                .filter(q -> isOpen(q) && describe(q).equals(description))
                .findFirst()
                .orElseThrow(() -> new AssertionError("open for the machine alone: " + description));
    }

    private String describe(Question question) {
        var ids = new TreeSet<String>();
        about(question).forEach(c -> ids.add(directory.idOf(c)));
        return question.kind + ids;
    }

    /** Kind and customers of every open one, in order. */
    List<String> open() {
        var open = new ArrayList<String>();
        for (Question question : questions) {
            if (isOpen(question)) {
                open.add(describe(question));
            }
        }
        open.sort(null);
        return open;
    }
}
