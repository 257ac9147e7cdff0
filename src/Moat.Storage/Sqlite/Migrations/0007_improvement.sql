-- What was learned, what was not right and why, what was done against it, what became better, and news about threats.

CREATE TABLE "lesson" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "source_ref" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "learned_on" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "became_ref" TEXT NULL,
    "reason" TEXT NULL,
    "decided_by" TEXT NULL,
    "decided_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_lesson" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_lesson_organization_id_end_number" ON "lesson" ("organization_id", "end", "number");

CREATE UNIQUE INDEX "ix_lesson_organization_id_number" ON "lesson" ("organization_id", "number");

CREATE TABLE "nonconformity" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "requirement" TEXT NULL,
    "owner_id" TEXT NULL,
    "source_ref" TEXT NULL,
    "same_when" TEXT NOT NULL,
    "raised_on" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "recurrences" TEXT NOT NULL,
    "correction" TEXT NULL,
    "corrected_on" TEXT NULL,
    "corrected_by" TEXT NULL,
    "whys" TEXT NOT NULL,
    "cause" TEXT NULL,
    "looked_elsewhere" TEXT NULL,
    "found_elsewhere" TEXT NULL,
    "analysed_on" TEXT NULL,
    "analysed_by" TEXT NULL,
    "closed_on" TEXT NULL,
    "closed_by" TEXT NULL,
    "closing_note" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_nonconformity" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_nonconformity_organization_id_number" ON "nonconformity" ("organization_id", "number");

CREATE INDEX "ix_nonconformity_organization_id_same_when" ON "nonconformity" ("organization_id", "same_when");

CREATE INDEX "ix_nonconformity_organization_id_state_number" ON "nonconformity" ("organization_id", "state", "number");

CREATE TABLE "corrective_action" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "effect_seen_by" TEXT NOT NULL,
    "nonconformity_id" TEXT NULL,
    "round" INTEGER NOT NULL,
    "lesson_id" TEXT NULL,
    "owner_id" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "verify_from" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT NULL,
    "done_on" TEXT NULL,
    "done_by" TEXT NULL,
    "done_by_id" TEXT NULL,
    "verification" TEXT NULL,
    "verified_on" TEXT NULL,
    "verified_by" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_corrective_action" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_corrective_action_organization_id_nonconformity_id" ON "corrective_action" ("organization_id", "nonconformity_id");

CREATE UNIQUE INDEX "ix_corrective_action_organization_id_number" ON "corrective_action" ("organization_id", "number");

CREATE INDEX "ix_corrective_action_organization_id_state_number" ON "corrective_action" ("organization_id", "state", "number");

CREATE TABLE "improvement" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "expected_effect" TEXT NOT NULL,
    "source_ref" TEXT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_by_id" TEXT NULL,
    "proposed_on" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "due_on" TEXT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT NULL,
    "done_on" TEXT NULL,
    "observed_effect" TEXT NULL,
    "as_expected" INTEGER NULL,
    "evaluated_by" TEXT NULL,
    "evaluated_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_improvement" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_improvement_organization_id_number" ON "improvement" ("organization_id", "number");

CREATE INDEX "ix_improvement_organization_id_state_number" ON "improvement" ("organization_id", "state", "number");

CREATE TABLE "threat_news" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "about" TEXT NULL,
    "summary" TEXT NOT NULL,
    "threats" TEXT NOT NULL,
    "received_on" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NULL,
    "decided_by" TEXT NULL,
    "decided_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_threat_news" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_threat_news_organization_id_decision_number" ON "threat_news" ("organization_id", "decision", "number");

CREATE UNIQUE INDEX "ix_threat_news_organization_id_number" ON "threat_news" ("organization_id", "number");

CREATE TABLE "seen_catalogue" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "catalogue" TEXT NOT NULL,
    "release" TEXT NOT NULL,
    "digests" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_seen_catalogue" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_seen_catalogue_organization_id_catalogue" ON "seen_catalogue" ("organization_id", "catalogue");
