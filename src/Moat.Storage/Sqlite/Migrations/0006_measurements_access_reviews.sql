-- Numbers of objectives and what was made of them; access reviews.

CREATE TABLE "measurement" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "objective_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "taken_by" TEXT NOT NULL,
    "note" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_measurement" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_measurement_organization_id_objective_id_to" ON "measurement" ("organization_id", "objective_id", "to");

CREATE TABLE "objective_evaluation" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "objective_id" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "conclusion" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_objective_evaluation" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_objective_evaluation_organization_id_objective_id_on" ON "objective_evaluation" ("organization_id", "objective_id", "on");

CREATE TABLE "access_review" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kinds" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "reviewer_id" TEXT NOT NULL,
    "population" INTEGER NOT NULL,
    "population_sha256" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "evidence_ref" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_access_review" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_access_review_organization_id_number" ON "access_review" ("organization_id", "number");

CREATE TABLE "access_review_item" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "resource_id" TEXT NULL,
    "resource_name" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "person_id" TEXT NULL,
    "reviewer_id" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NULL,
    "decided_by" TEXT NULL,
    "decided_at" TEXT NULL,
    "shown_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_access_review_item" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_access_review_item_organization_id_review_id_position" ON "access_review_item" ("organization_id", "review_id", "position");

ALTER TABLE "objective" ADD COLUMN "taken_from" TEXT NOT NULL DEFAULT 'Manual';
ALTER TABLE "objective" ADD COLUMN "asked_at" TEXT NULL;
ALTER TABLE "objective" ADD COLUMN "query" TEXT NULL;
