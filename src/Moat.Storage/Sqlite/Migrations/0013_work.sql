-- Cadences, absences, the calendar's addresses, digests and webhooks; tasks that are done for somebody else, noted as overdue or escalated.

CREATE TABLE "absence" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "deputy_id" TEXT NOT NULL,
    "hands_over" INTEGER NOT NULL,
    "begun_at" TEXT NULL,
    "ended_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_absence" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_absence_organization_id_ended_at_until" ON "absence" ("organization_id", "ended_at", "until");

CREATE UNIQUE INDEX "ix_absence_organization_id_number" ON "absence" ("organization_id", "number");

CREATE TABLE "cadence" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "requirement" TEXT NOT NULL,
    "every_months" INTEGER NOT NULL,
    "lead_days" INTEGER NOT NULL,
    "role_key" TEXT NULL,
    "owner_id" TEXT NULL,
    "proofs" TEXT NOT NULL,
    "next_on" TEXT NULL,
    "counts_from" TEXT NULL,
    "last_met_on" TEXT NULL,
    "last_proof" TEXT NULL,
    "missed_since" TEXT NULL,
    "retired_at" TEXT NULL,
    "retired_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_cadence" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_cadence_organization_id_number" ON "cadence" ("organization_id", "number");

CREATE INDEX "ix_cadence_organization_id_standing_number" ON "cadence" ("organization_id", "standing", "number");

CREATE TABLE "cadence_time" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "cadence_id" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "met_on" TEXT NULL,
    "proof" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_cadence_time" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_cadence_time_organization_id_cadence_id_due_on" ON "cadence_time" ("organization_id", "cadence_id", "due_on");

CREATE TABLE "calendar_address" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "everything" INTEGER NOT NULL,
    "titles" INTEGER NOT NULL,
    "revoked_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_calendar_address" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_calendar_address_organization_id_person_id" ON "calendar_address" ("organization_id", "person_id");

CREATE UNIQUE INDEX "ix_calendar_address_organization_id_secret_hash" ON "calendar_address" ("organization_id", "secret_hash");

CREATE TABLE "digest_choice" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "wanted" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_digest_choice" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_digest_choice_organization_id_person_id" ON "digest_choice" ("organization_id", "person_id");

CREATE TABLE "mail_delivery" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "next_at" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_at" TEXT NULL,
    "result" TEXT NULL,
    CONSTRAINT "pk_mail_delivery" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_mail_delivery_organization_id_person_id_on" ON "mail_delivery" ("organization_id", "person_id", "on");

CREATE INDEX "ix_mail_delivery_organization_id_state_next_at" ON "mail_delivery" ("organization_id", "state", "next_at");

CREATE TABLE "webhook" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT NOT NULL,
    "secret" TEXT NULL,
    "secret_made_at" TEXT NOT NULL,
    "paused_at" TEXT NULL,
    "paused_because" TEXT NULL,
    "removed_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_webhook" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_webhook_organization_id_number" ON "webhook" ("organization_id", "number");

CREATE TABLE "webhook_cursor" (
    "organization_id" TEXT NOT NULL,
    "hook_id" TEXT NOT NULL,
    "next" INTEGER NOT NULL,
    CONSTRAINT "pk_webhook_cursor" PRIMARY KEY ("organization_id", "hook_id")
);

CREATE TABLE "webhook_delivery" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "hook_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "next_at" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_at" TEXT NULL,
    "result" TEXT NULL,
    CONSTRAINT "pk_webhook_delivery" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_webhook_delivery_organization_id_hook_id_state_created_at" ON "webhook_delivery" ("organization_id", "hook_id", "state", "created_at");

CREATE INDEX "ix_webhook_delivery_organization_id_state_next_at" ON "webhook_delivery" ("organization_id", "state", "next_at");

ALTER TABLE "work_item" ADD COLUMN "for_id" TEXT NULL;
ALTER TABLE "work_item" ADD COLUMN "overdue_since" TEXT NULL;
ALTER TABLE "work_item" ADD COLUMN "escalated_to_id" TEXT NULL;

CREATE INDEX "ix_work_item_organization_id_state_due_on" ON "work_item" ("organization_id", "state", "due_on");
CREATE INDEX "ix_work_item_organization_id_state_escalated_to_id" ON "work_item" ("organization_id", "state", "escalated_to_id");
CREATE INDEX "ix_work_item_organization_id_state_for_id" ON "work_item" ("organization_id", "state", "for_id");
