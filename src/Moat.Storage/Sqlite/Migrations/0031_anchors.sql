-- What places outside said of checkpoints of the journal, and how each place stands that the operator named.

CREATE TABLE "anchor" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "checkpoint" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "asked_at" TEXT NOT NULL,
    "answered_at" TEXT NOT NULL,
    "contradicts" INTEGER NOT NULL,
    "says" TEXT NOT NULL,
    "receipt" TEXT,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_anchor" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_anchor_organization_id_place_answered_at" ON "anchor" ("organization_id", "place", "answered_at");

CREATE TABLE "anchor_place" (
    "organization_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "named_at" TEXT NOT NULL,
    "asked_size" INTEGER NOT NULL,
    "asked_at" TEXT,
    "because" TEXT,
    "waiting" TEXT,
    "waiting_since" TEXT,
    "attempts" INTEGER NOT NULL,
    "next_at" TEXT,
    "problem" TEXT,
    "held_size" INTEGER NOT NULL,
    "held_at" TEXT,
    CONSTRAINT "pk_anchor_place" PRIMARY KEY ("organization_id", "place")
);
