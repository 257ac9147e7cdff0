CREATE TABLE "red_team_exercise" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "done_on" TEXT NOT NULL,
    "next_on" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_red_team_exercise" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_red_team_exercise_organization_id_number" ON "red_team_exercise" ("organization_id", "number");
