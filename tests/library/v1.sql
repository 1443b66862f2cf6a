BEGIN TRANSACTION;
CREATE TABLE changes (            -- what each step changed; rows are only ever added
    step   INTEGER NOT NULL REFERENCES steps,
    paper  TEXT NOT NULL,
    field  TEXT NOT NULL,
    was    NOT NULL,
    became NOT NULL,
    PRIMARY KEY (step, paper, field)
) WITHOUT ROWID;
INSERT INTO "changes" VALUES(1,'2608.00001','read',0,1);
INSERT INTO "changes" VALUES(2,'2608.00002','read',0,1);
INSERT INTO "changes" VALUES(2,'2608.00003','read',0,1);
INSERT INTO "changes" VALUES(3,'2608.00002','starred',0,1);
INSERT INTO "changes" VALUES(4,'2608.00003','read',1,0);
INSERT INTO "changes" VALUES(4,'2608.00003','starred',0,1);
INSERT INTO "changes" VALUES(5,'2608.00003','read',0,1);
INSERT INTO "changes" VALUES(5,'2608.00003','starred',1,0);
INSERT INTO "changes" VALUES(6,'2608.00002','starred',1,0);
INSERT INTO "changes" VALUES(7,'2608.00002','starred',0,1);
INSERT INTO "changes" VALUES(8,'2608.00004','starred',0,1);
INSERT INTO "changes" VALUES(9,'2608.00004','starred',1,0);
CREATE TABLE marks (              -- the last value of each field; follows from changes
    paper TEXT NOT NULL,
    field TEXT NOT NULL,
    value NOT NULL,
    PRIMARY KEY (paper, field)
) WITHOUT ROWID;
INSERT INTO "marks" VALUES('2608.00001','read',1);
INSERT INTO "marks" VALUES('2608.00002','read',1);
INSERT INTO "marks" VALUES('2608.00002','starred',1);
INSERT INTO "marks" VALUES('2608.00003','read',1);
INSERT INTO "marks" VALUES('2608.00003','starred',0);
INSERT INTO "marks" VALUES('2608.00004','starred',0);
CREATE TABLE steps (              -- one per user action; rows are only ever added
    number    INTEGER PRIMARY KEY,
    made_ms   INTEGER NOT NULL,   -- UTC, milliseconds since 1970
    kind      TEXT NOT NULL,      -- change, undo or redo
    label     TEXT NOT NULL,
    target    INTEGER REFERENCES steps,  -- the change that an undo or redo is about
    undo_next INTEGER REFERENCES steps,  -- the change to undo next, as of this step
    redo_next INTEGER REFERENCES steps   -- the undo to take back next, as of this step
);
INSERT INTO "steps" VALUES(1,1795161660000,'change','read “One”',NULL,1,NULL);
INSERT INTO "steps" VALUES(2,1795161720000,'change','read 2 papers',NULL,2,NULL);
INSERT INTO "steps" VALUES(3,1795161780000,'change','star “Two”',NULL,3,NULL);
INSERT INTO "steps" VALUES(4,1795161840000,'change','left',NULL,4,NULL);
INSERT INTO "steps" VALUES(5,1795161900000,'undo','left',4,3,5);
INSERT INTO "steps" VALUES(6,1795161960000,'undo','star “Two”',3,2,6);
INSERT INTO "steps" VALUES(7,1795162020000,'redo','star “Two”',3,3,5);
INSERT INTO "steps" VALUES(8,1795162080000,'change','star “Four”',NULL,8,NULL);
INSERT INTO "steps" VALUES(9,1795162140000,'undo','star “Four”',8,3,9);
PRAGMA user_version = 1;
COMMIT;
