-- The risk treatment plan is frozen as a version that each risk owner approves.

CREATE TABLE "frozen_plan" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rows" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "risks" INTEGER NOT NULL,
    "appetite" INTEGER NOT NULL,
    "frozen_by" TEXT NOT NULL,
    "change_note" TEXT NOT NULL,
    "superseded_at" TEXT,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_frozen_plan" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_frozen_plan_organization_id_number" ON "frozen_plan" ("organization_id", "number");

CREATE TABLE "plan_approval" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "risks" INTEGER NOT NULL,
    "approved_by" TEXT,
    "approved_at" TEXT,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_plan_approval" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_plan_approval_organization_id_number" ON "plan_approval" ("organization_id", "number");
CREATE INDEX "ix_plan_approval_organization_id_plan_id" ON "plan_approval" ("organization_id", "plan_id");
