-- Audits: programmes, audits and their checklists, findings, samples, an auditor's requests.

CREATE TABLE "audit_programme" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "starts_on" TEXT NOT NULL,
    "ends_on" TEXT NOT NULL,
    "audits_a_year" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "adopted_by" TEXT NULL,
    "adopted_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_audit_programme" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_audit_programme_organization_id_number" ON "audit_programme" ("organization_id", "number");

CREATE TABLE "programme_item" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "programme_id" TEXT NOT NULL,
    "requirement" TEXT NOT NULL,
    "weight" INTEGER NOT NULL,
    "reasons" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_programme_item" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_programme_item_organization_id_programme_id_requirement" ON "programme_item" ("organization_id", "programme_id", "requirement");

CREATE TABLE "audit" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "extent" TEXT NOT NULL,
    "requirements" TEXT NOT NULL,
    "starts_on" TEXT NOT NULL,
    "ends_on" TEXT NOT NULL,
    "period_from" TEXT NOT NULL,
    "lead_id" TEXT NULL,
    "team" TEXT NOT NULL,
    "body" TEXT NULL,
    "programme_id" TEXT NULL,
    "supplier_id" TEXT NULL,
    "state" TEXT NOT NULL,
    "started_at" TEXT NULL,
    "conclusion" TEXT NULL,
    "reported_by" TEXT NULL,
    "reported_at" TEXT NULL,
    "evidence_ref" TEXT NULL,
    "closed_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_audit" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_audit_organization_id_number" ON "audit" ("organization_id", "number");

CREATE INDEX "ix_audit_organization_id_programme_id" ON "audit" ("organization_id", "programme_id");

CREATE TABLE "audit_item" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "audit_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "requirement" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "note" TEXT NULL,
    "examined" TEXT NOT NULL,
    "examined_by" TEXT NULL,
    "examined_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_audit_item" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_audit_item_organization_id_audit_id_requirement" ON "audit_item" ("organization_id", "audit_id", "requirement");

CREATE TABLE "finding" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "audit_id" TEXT NOT NULL,
    "requirement" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "seen" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "raised_by" TEXT NOT NULL,
    "raised_by_id" TEXT NULL,
    "state" TEXT NOT NULL,
    "answer" TEXT NULL,
    "answered_by" TEXT NULL,
    "answered_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_finding" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_finding_organization_id_audit_id" ON "finding" ("organization_id", "audit_id");

CREATE UNIQUE INDEX "ix_finding_organization_id_number" ON "finding" ("organization_id", "number");

CREATE TABLE "sample" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "audit_id" TEXT NOT NULL,
    "requirement" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "of" TEXT NULL,
    "period_from" TEXT NOT NULL,
    "period_to" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "population_size" INTEGER NOT NULL,
    "population_sha256" TEXT NOT NULL,
    "population" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "conclusion" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_sample" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_sample_organization_id_audit_id" ON "sample" ("organization_id", "audit_id");

CREATE UNIQUE INDEX "ix_sample_organization_id_number" ON "sample" ("organization_id", "number");

CREATE TABLE "sample_item" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "sample_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "note" TEXT NULL,
    "examined_by" TEXT NULL,
    "examined_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_sample_item" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_sample_item_organization_id_sample_id_position" ON "sample_item" ("organization_id", "sample_id", "position");

CREATE TABLE "audit_request" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "audit_id" TEXT NULL,
    "wanted" TEXT NOT NULL,
    "requirement" TEXT NULL,
    "due_on" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_by_id" TEXT NULL,
    "source" TEXT NULL,
    "imported_from" TEXT NULL,
    "assignee_id" TEXT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_audit_request" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_audit_request_organization_id_audit_id" ON "audit_request" ("organization_id", "audit_id");

CREATE UNIQUE INDEX "ix_audit_request_organization_id_number" ON "audit_request" ("organization_id", "number");

CREATE INDEX "ix_audit_request_organization_id_state_assignee_id" ON "audit_request" ("organization_id", "state", "assignee_id");

CREATE TABLE "request_note" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "brings" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "shown" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "by_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_request_note" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_request_note_organization_id_request_id_position" ON "request_note" ("organization_id", "request_id", "position");

