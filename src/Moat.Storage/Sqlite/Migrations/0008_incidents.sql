-- Reports, alerts, incidents with their timelines and evidence, runs of playbooks, duties to notify.

CREATE TABLE "reported_event" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "asset_id" TEXT NULL,
    "reported_by_id" TEXT NULL,
    "unnamed" INTEGER NOT NULL,
    "receipt_hash" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "incident_id" TEXT NULL,
    "reason" TEXT NULL,
    "decided_by" TEXT NULL,
    "decided_at" TEXT NULL,
    CONSTRAINT "pk_reported_event" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_reported_event_organization_id_number" ON "reported_event" ("organization_id", "number");

CREATE INDEX "ix_reported_event_organization_id_state_number" ON "reported_event" ("organization_id", "state", "number");

CREATE TABLE "alert" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "same_thing" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "group_key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NULL,
    "level" TEXT NULL,
    "labels" TEXT NOT NULL,
    "link" TEXT NULL,
    "starts_at" TEXT NOT NULL,
    "resolved_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "incident_id" TEXT NULL,
    "reason" TEXT NULL,
    "decided_by" TEXT NULL,
    "decided_at" TEXT NULL,
    CONSTRAINT "pk_alert" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_alert_organization_id_key" ON "alert" ("organization_id", "key");

CREATE UNIQUE INDEX "ix_alert_organization_id_number" ON "alert" ("organization_id", "number");

CREATE INDEX "ix_alert_organization_id_same_thing" ON "alert" ("organization_id", "same_thing");

CREATE INDEX "ix_alert_organization_id_state_number" ON "alert" ("organization_id", "state", "number");

CREATE TABLE "open_intake" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "closed_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_open_intake" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_open_intake_organization_id_number" ON "open_intake" ("organization_id", "number");

CREATE TABLE "incident" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "computed" TEXT NOT NULL,
    "computed_because" TEXT NOT NULL,
    "set_because" TEXT NULL,
    "lead_id" TEXT NULL,
    "confidentiality" INTEGER NOT NULL,
    "integrity" INTEGER NOT NULL,
    "availability" INTEGER NOT NULL,
    "facts" TEXT NOT NULL,
    "occurred_at" TEXT NULL,
    "detected_at" TEXT NOT NULL,
    "aware_at" TEXT NOT NULL,
    "triaged_at" TEXT NULL,
    "contained_at" TEXT NULL,
    "eradicated_at" TEXT NULL,
    "recovered_at" TEXT NULL,
    "reviewed_at" TEXT NULL,
    "closed_at" TEXT NULL,
    "no_review_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_incident" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_incident_organization_id_number" ON "incident" ("organization_id", "number");

CREATE INDEX "ix_incident_organization_id_rank_number" ON "incident" ("organization_id", "rank", "number");

CREATE INDEX "ix_incident_organization_id_state_number" ON "incident" ("organization_id", "state", "number");

CREATE TABLE "timeline_entry" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "evidence_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_timeline_entry" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_timeline_entry_organization_id_incident_id_position" ON "timeline_entry" ("organization_id", "incident_id", "position");

CREATE TABLE "custody_entry" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "evidence_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_custody_entry" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_custody_entry_organization_id_incident_id_evidence_id_position" ON "custody_entry" ("organization_id", "incident_id", "evidence_id", "position");

CREATE TABLE "responder" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_responder" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_responder_organization_id_incident_id_part" ON "responder" ("organization_id", "incident_id", "part");

CREATE TABLE "incident_review" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "held_on" TEXT NOT NULL,
    "attendees" TEXT NOT NULL,
    "story" TEXT NOT NULL,
    "whys" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "contributing" TEXT NOT NULL,
    "worked" TEXT NOT NULL,
    "failed" TEXT NULL,
    "minutes_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_incident_review" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_incident_review_organization_id_incident_id" ON "incident_review" ("organization_id", "incident_id");

CREATE TABLE "notification_duty" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "duty_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "declined_by" TEXT NULL,
    "declined_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_notification_duty" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_notification_duty_organization_id_incident_id" ON "notification_duty" ("organization_id", "incident_id");

CREATE UNIQUE INDEX "ix_notification_duty_organization_id_number" ON "notification_duty" ("organization_id", "number");

CREATE TABLE "duty_notice" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "notification_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "due_at" TEXT NOT NULL,
    "draft" TEXT NOT NULL,
    "written_by" TEXT NULL,
    "sent_at" TEXT NULL,
    "sent_by" TEXT NULL,
    "sent_how" TEXT NULL,
    "evidence_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_duty_notice" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_duty_notice_organization_id_notification_id_position" ON "duty_notice" ("organization_id", "notification_id", "position");

CREATE TABLE "playbook_run" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "playbook_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "exercise" INTEGER NOT NULL,
    "incident_id" TEXT NULL,
    "started_at" TEXT NOT NULL,
    "lead_id" TEXT NULL,
    "ended_at" TEXT NULL,
    "result" TEXT NULL,
    "minutes_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_playbook_run" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_playbook_run_organization_id_incident_id" ON "playbook_run" ("organization_id", "incident_id");

CREATE UNIQUE INDEX "ix_playbook_run_organization_id_number" ON "playbook_run" ("organization_id", "number");

CREATE TABLE "run_item" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "due_at" TEXT NULL,
    "state" TEXT NOT NULL,
    "by" TEXT NULL,
    "at" TEXT NULL,
    "text" TEXT NULL,
    "choice" TEXT NULL,
    "evidence_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_run_item" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_run_item_organization_id_run_id_kind_position" ON "run_item" ("organization_id", "run_id", "kind", "position");

