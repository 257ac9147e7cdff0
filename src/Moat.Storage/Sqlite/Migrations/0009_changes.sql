-- Changes of the ISMS, and what others do for it.

CREATE TABLE "isms_change" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "planned" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "must_hold" TEXT NULL,
    "resources" TEXT NULL,
    "responsibilities" TEXT NULL,
    "owner_id" TEXT NULL,
    "starts_on" TEXT NOT NULL,
    "due_on" TEXT NULL,
    "state" TEXT NOT NULL,
    "consequences" TEXT NULL,
    "processes" TEXT NOT NULL,
    "confirmed_by" TEXT NULL,
    "confirmed_on" TEXT NULL,
    "approved_by" TEXT NULL,
    "approved_on" TEXT NULL,
    "happened_on" TEXT NULL,
    "outcome" TEXT NULL,
    "side_effects" TEXT NULL,
    "mitigation" TEXT NULL,
    "reviewed_by" TEXT NULL,
    "reviewed_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_isms_change" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_isms_change_organization_id_number" ON "isms_change" ("organization_id", "number");

CREATE INDEX "ix_isms_change_organization_id_state_number" ON "isms_change" ("organization_id", "state", "number");

CREATE TABLE "outsourced_process" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "supplier_id" TEXT NOT NULL,
    "criteria" TEXT NOT NULL,
    "control_exercised" TEXT NOT NULL,
    "monitored_by" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "review_days" INTEGER NOT NULL,
    "reviewed_on" TEXT NULL,
    "finding" TEXT NULL,
    "next_review_on" TEXT NOT NULL,
    "ended_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_outsourced_process" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_outsourced_process_organization_id_number" ON "outsourced_process" ("organization_id", "number");
