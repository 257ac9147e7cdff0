-- What the company wants to reach, and the reviews in which top management looks at the ISMS.

CREATE TABLE "business_objective" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "why_security" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "horizon" TEXT NULL,
    "ended_on" TEXT NULL,
    "outcome" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_business_objective" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_business_objective_organization_id_number" ON "business_objective" ("organization_id", "number");

CREATE INDEX "ix_business_objective_organization_id_standing_number" ON "business_objective" ("organization_id", "standing", "number");

CREATE TABLE "management_review" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "scheduled_on" TEXT NOT NULL,
    "chair_id" TEXT NOT NULL,
    "invited" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "looks_from" TEXT NULL,
    "prepared_at" TEXT NULL,
    "inputs" TEXT NULL,
    "inputs_sha256" TEXT NULL,
    "evidence_ref" TEXT NULL,
    "held_on" TEXT NULL,
    "attended" TEXT NOT NULL,
    "judgement" TEXT NULL,
    "minutes_ref" TEXT NULL,
    "approved_by" TEXT NULL,
    "approved_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_management_review" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_management_review_organization_id_number" ON "management_review" ("organization_id", "number");

CREATE TABLE "review_note" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_review_note" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_review_note_organization_id_review_id" ON "review_note" ("organization_id", "review_id");

CREATE TABLE "review_conclusion" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_review_conclusion" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_review_conclusion_organization_id_review_id_topic" ON "review_conclusion" ("organization_id", "review_id", "topic");

CREATE TABLE "review_decision" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "due_on" TEXT NULL,
    "by" TEXT NOT NULL,
    "result_ref" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_review_decision" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_review_decision_organization_id_review_id_position" ON "review_decision" ("organization_id", "review_id", "position");

