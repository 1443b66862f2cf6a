BEGIN TRANSACTION;
CREATE TABLE changes (            -- made here or on other machines; rows are only ever added
    id      INTEGER PRIMARY KEY,  -- in order of arrival
    machine TEXT NOT NULL,
    number  INTEGER NOT NULL,     -- 1, 2, 3, … of each machine
    clock   INTEGER NOT NULL,     -- milliseconds since 1970 << 16 | counter
    made_ms INTEGER NOT NULL,     -- UTC, milliseconds since 1970
    paper   TEXT NOT NULL,
    field   TEXT NOT NULL,        -- read, starred, note, tag:NAME, or from a newer program
    value   NOT NULL,             -- 0 or 1, or text
    parents TEXT NOT NULL,        -- of a note: machine:number of what it was written over
    step    INTEGER REFERENCES steps,  -- of what was made here and can be undone
    was,                          -- the value before, where there is a step
    UNIQUE (machine, number, clock)    -- a number comes twice after an unnoticed copying
);
INSERT INTO "changes" VALUES(1,'00000000000000aa',1,117661162536960000,1795366860000,'2608.00001','read',1,'',1,0);
INSERT INTO "changes" VALUES(2,'00000000000000aa',2,117661166469120000,1795366920000,'2608.00001','starred',1,'',2,0);
INSERT INTO "changes" VALUES(3,'00000000000000aa',3,117661166469120000,1795366920000,'2608.00002','starred',1,'',2,0);
INSERT INTO "changes" VALUES(4,'00000000000000aa',4,117661170401280000,1795366980000,'2608.00001','note','mine','',3,'');
INSERT INTO "changes" VALUES(5,'00000000000000ff',1,117661172367360000,1795367010000,'2608.00001','note','theirs','',NULL,NULL);
INSERT INTO "changes" VALUES(6,'00000000000000ff',2,117661172367425536,1795367010001,'2608.00003','starred',1,'',NULL,NULL);
INSERT INTO "changes" VALUES(7,'00000000000000ff',3,117661172367491072,1795367010002,'2608.00003','rating','5','',NULL,NULL);
INSERT INTO "changes" VALUES(8,'00000000000000aa',5,117661174333440000,1795367040000,'2608.00001','tag:to teach',1,'',4,0);
INSERT INTO "changes" VALUES(9,'00000000000000aa',6,117661174333440000,1795367040000,'2608.00003','tag:to teach',1,'',4,0);
INSERT INTO "changes" VALUES(10,'00000000000000aa',7,117661174333440000,1795367040000,'2608.00001','tag:ünïcode',1,'',4,0);
INSERT INTO "changes" VALUES(11,'00000000000000aa',8,117661174333440000,1795367040000,'2608.00003','tag:ünïcode',1,'',4,0);
INSERT INTO "changes" VALUES(12,'00000000000000aa',9,117661178265600000,1795367100000,'2608.00002','starred',0,'',5,1);
INSERT INTO "changes" VALUES(13,'00000000000000aa',10,117661182197760000,1795367160000,'2608.00002','starred',1,'',6,0);
INSERT INTO "changes" VALUES(14,'00000000000000aa',11,117661186129920000,1795367220000,'2608.00004','note','gone','',7,'');
INSERT INTO "changes" VALUES(15,'00000000000000aa',12,117661190062080000,1795367280000,'2608.00004','note','','00000000000000aa:11',8,'gone');
INSERT INTO "changes" VALUES(16,'00000000000000aa',13,117661193994240000,1795367340000,'2608.00002','kept',1,'',NULL,0);
CREATE TABLE kept (               -- metadata of starred papers; rows are only ever added
    change INTEGER PRIMARY KEY REFERENCES changes,
    paper  TEXT NOT NULL,
    json   TEXT NOT NULL
);
INSERT INTO "kept" VALUES(2,'2608.00001','{"id": "2608.00001", "title": "One"}');
INSERT INTO "kept" VALUES(6,'2608.00003','{"id": "2608.00003", "title": "Three"}');
INSERT INTO "kept" VALUES(16,'2608.00002','{"id": "2608.00002", "title": "Two"}');
CREATE TABLE machines (           -- what this library was called; the last is its name now
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL,
    place  TEXT NOT NULL          -- where the file was then: a copy elsewhere is another
);
INSERT INTO "machines" VALUES(1,'00000000000000aa','somewhere else');
CREATE TABLE marks (              -- the last value of each field; follows from changes
    paper  TEXT NOT NULL,
    field  TEXT NOT NULL,
    value  INTEGER NOT NULL,      -- 0 or 1; of a note whether there is one
    change INTEGER NOT NULL REFERENCES changes,
    PRIMARY KEY (paper, field)
) WITHOUT ROWID;
INSERT INTO "marks" VALUES('2608.00002','kept',1,16);
INSERT INTO "marks" VALUES('2608.00004','note',0,15);
INSERT INTO "marks" VALUES('2608.00001','note',1,5);
INSERT INTO "marks" VALUES('2608.00001','read',1,1);
INSERT INTO "marks" VALUES('2608.00001','starred',1,2);
INSERT INTO "marks" VALUES('2608.00003','starred',1,6);
INSERT INTO "marks" VALUES('2608.00002','starred',1,13);
INSERT INTO "marks" VALUES('2608.00001','tag:to teach',1,8);
INSERT INTO "marks" VALUES('2608.00003','tag:to teach',1,9);
INSERT INTO "marks" VALUES('2608.00001','tag:ünïcode',1,10);
INSERT INTO "marks" VALUES('2608.00003','tag:ünïcode',1,11);
CREATE TABLE notes (              -- the text of each note; follows from changes
    paper TEXT PRIMARY KEY,
    text  TEXT NOT NULL
);
INSERT INTO "notes" VALUES('2608.00001','mine

--- also written on another machine, 2026-11-22 17:03 UTC ---

theirs');
CREATE TABLE steps (              -- one per user action here; rows are only ever added
    number    INTEGER PRIMARY KEY,
    made_ms   INTEGER NOT NULL,   -- UTC, milliseconds since 1970
    kind      TEXT NOT NULL,      -- change, undo or redo
    label     TEXT NOT NULL,
    target    INTEGER REFERENCES steps,  -- the change that an undo or redo is about
    undo_next INTEGER REFERENCES steps,  -- the change to undo next, as of this step
    redo_next INTEGER REFERENCES steps   -- the undo to take back next, as of this step
);
INSERT INTO "steps" VALUES(1,1795366860000,'change','read “One”',NULL,1,NULL);
INSERT INTO "steps" VALUES(2,1795366920000,'change','starred 2 papers',NULL,2,NULL);
INSERT INTO "steps" VALUES(3,1795366980000,'change','note on “One”',NULL,3,NULL);
INSERT INTO "steps" VALUES(4,1795367040000,'change','tagged 2 papers',NULL,4,NULL);
INSERT INTO "steps" VALUES(5,1795367100000,'change','star taken off “Two”',NULL,5,NULL);
INSERT INTO "steps" VALUES(6,1795367160000,'undo','star taken off “Two”',5,4,6);
INSERT INTO "steps" VALUES(7,1795367220000,'change','note on “Four”',NULL,7,NULL);
INSERT INTO "steps" VALUES(8,1795367280000,'undo','note on “Four”',7,4,8);
CREATE INDEX changes_by_paper ON changes (paper, field);
CREATE INDEX changes_by_clock ON changes (clock);
CREATE INDEX changes_by_step ON changes (step) WHERE step IS NOT NULL;
CREATE INDEX kept_by_paper ON kept (paper);
CREATE INDEX marks_by_field ON marks (field, value, change);
PRAGMA user_version = 2;
COMMIT;
