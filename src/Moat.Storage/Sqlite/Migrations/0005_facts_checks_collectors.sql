-- Facts that collectors and programs tell of, checks over them, sources; evidence with population, class and clauses.

CREATE TABLE "resource" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "told_by" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "asset_id" TEXT NULL,
    "sha256" TEXT NOT NULL,
    "observed_at" TEXT NOT NULL,
    "last_seen_at" TEXT NOT NULL,
    "gone_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_resource" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_resource_organization_id_asset_id" ON "resource" ("organization_id", "asset_id");

CREATE UNIQUE INDEX "ix_resource_organization_id_key" ON "resource" ("organization_id", "key");

CREATE INDEX "ix_resource_organization_id_kind_number" ON "resource" ("organization_id", "kind", "number");

CREATE UNIQUE INDEX "ix_resource_organization_id_number" ON "resource" ("organization_id", "number");

CREATE TABLE "resource_fact" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "observed_at" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_resource_fact" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_resource_fact_organization_id_resource_id_observed_at" ON "resource_fact" ("organization_id", "resource_id", "observed_at");

CREATE TABLE "received_event" (
    "organization_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "pk_received_event" PRIMARY KEY ("organization_id", "key")
);

CREATE INDEX "ix_received_event_organization_id_at" ON "received_event" ("organization_id", "at");

CREATE TABLE "check_interval" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "until" INTEGER NOT NULL,
    "detail" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_check_interval" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_check_interval_organization_id_check_until" ON "check_interval" ("organization_id", "check", "until");

CREATE INDEX "ix_check_interval_organization_id_resource_id_until" ON "check_interval" ("organization_id", "resource_id", "until");

CREATE TABLE "own_check" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "controls" TEXT NOT NULL,
    "clauses" TEXT NOT NULL,
    "reads" TEXT NOT NULL,
    "applies" TEXT NULL,
    "schema" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "fix" TEXT NOT NULL,
    "retired_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_own_check" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_own_check_organization_id_number" ON "own_check" ("organization_id", "number");

CREATE TABLE "check_exception" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_check_exception" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_check_exception_organization_id_check_resource_id" ON "check_exception" ("organization_id", "check", "resource_id");

CREATE UNIQUE INDEX "ix_check_exception_organization_id_number" ON "check_exception" ("organization_id", "number");

CREATE TABLE "collector_source" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "secret" TEXT NULL,
    "secret_changed_at" TEXT NULL,
    "hook_secret" TEXT NULL,
    "hook_made_at" TEXT NULL,
    "every_hours" INTEGER NOT NULL,
    "paused_at" TEXT NULL,
    "next_run_at" TEXT NOT NULL,
    "failed_in_a_row" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_collector_source" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_collector_source_organization_id_number" ON "collector_source" ("organization_id", "number");

CREATE TABLE "collector_run" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "started_at" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    "outcome" TEXT NOT NULL,
    "resources" INTEGER NOT NULL,
    "discovered" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "gone" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "missing" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_collector_run" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_collector_run_organization_id_source_id_started_at" ON "collector_run" ("organization_id", "source_id", "started_at");

ALTER TABLE "evidence_item" ADD COLUMN "population" TEXT NULL;
ALTER TABLE "evidence_item" ADD COLUMN "complete" INTEGER NULL;
ALTER TABLE "evidence_item" ADD COLUMN "classification" TEXT NOT NULL DEFAULT 'Internal';
ALTER TABLE "evidence_item" ADD COLUMN "clauses" TEXT NOT NULL DEFAULT '[]';
