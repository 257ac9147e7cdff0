-- Which round of recurring work was done last and which server does the next one, so that of several servers one does it. Kept in no backup.
CREATE TABLE recurring_round (
    work character varying(40) NOT NULL,
    done_for timestamp with time zone NULL,
    held_by uuid NULL,
    held_until timestamp with time zone NULL,
    CONSTRAINT pk_recurring_round PRIMARY KEY (work)
);
