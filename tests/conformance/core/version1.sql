BEGIN TRANSACTION;
CREATE TABLE access_token (
        hash TEXT PRIMARY KEY, email TEXT NOT NULL, kind TEXT NOT NULL, scopes TEXT NOT NULL,
        expires TEXT NOT NULL);
CREATE TABLE blob (file_id TEXT PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE, data BLOB NOT NULL);
CREATE TABLE change (
        n INTEGER PRIMARY KEY AUTOINCREMENT, file_id TEXT NOT NULL, time TEXT NOT NULL,
        removed INTEGER NOT NULL DEFAULT 0, drive_id TEXT);
INSERT INTO "change" VALUES(2,'1PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA_2O7','2022-09-20T09:00:00.000Z',0,NULL);
INSERT INTO "change" VALUES(4,'16UMFxFkM_R5Kjp1vRt-1fjORS_6ilI8ihN5KXSc7Tvo','2022-09-20T09:00:00.000Z',0,NULL);
INSERT INTO "change" VALUES(6,'1yJfm5di4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY-uCu','2022-09-20T09:00:00.000Z',0,NULL);
CREATE TABLE comment (
        id TEXT PRIMARY KEY, file_id TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE, parent TEXT,
        author TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL, content TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0, extra TEXT NOT NULL DEFAULT '{}');
CREATE TABLE document (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, revision TEXT NOT NULL, content TEXT NOT NULL);
INSERT INTO "document" VALUES('1yJfm5di4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY-uCu','Приказ','ALm37BVF5n3_YNBDRzrZSgqbjG3uhkWKFLf6xuI5aHUQPFeNBTxaQWk8JzFalHlsZfYcMMDktXP_tKsf2rcDk','[{"id":"t.0","title":"Tab 1","segments":{"":[["\f",0,1],["\u041e \u043f\u0430\u0440\u0430\u0445",0,null],["\n",0,2]]},"values":[{},{"columnSeparatorStyle":"NONE","contentDirection":"LEFT_TO_RIGHT","sectionType":"CONTINUOUS"},{"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT"}}],"kinds":{},"style":{"background":{"color":{}},"pageNumberStart":1,"marginTop":{"magnitude":72,"unit":"PT"},"marginBottom":{"magnitude":72,"unit":"PT"},"marginRight":{"magnitude":72,"unit":"PT"},"marginLeft":{"magnitude":72,"unit":"PT"},"pageSize":{"height":{"magnitude":792,"unit":"PT"},"width":{"magnitude":612,"unit":"PT"}},"marginHeader":{"magnitude":36,"unit":"PT"},"marginFooter":{"magnitude":36,"unit":"PT"},"useCustomHeaderFooterMargins":true},"named_styles":[{"namedStyleType":"NORMAL_TEXT","textStyle":{"bold":false,"italic":false,"underline":false,"strikethrough":false,"smallCaps":false,"backgroundColor":{},"foregroundColor":{"color":{"rgbColor":{}}},"fontSize":{"magnitude":11,"unit":"PT"},"weightedFontFamily":{"fontFamily":"Arial","weight":400},"baselineOffset":"NONE"},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","alignment":"START","lineSpacing":115,"direction":"LEFT_TO_RIGHT","spacingMode":"COLLAPSE_LISTS","spaceAbove":{"unit":"PT"},"spaceBelow":{"unit":"PT"},"borderBetween":{"color":{},"width":{"unit":"PT"},"padding":{"unit":"PT"},"dashStyle":"SOLID"},"borderTop":{"color":{},"width":{"unit":"PT"},"padding":{"unit":"PT"},"dashStyle":"SOLID"},"borderBottom":{"color":{},"width":{"unit":"PT"},"padding":{"unit":"PT"},"dashStyle":"SOLID"},"borderLeft":{"color":{},"width":{"unit":"PT"},"padding":{"unit":"PT"},"dashStyle":"SOLID"},"borderRight":{"color":{},"width":{"unit":"PT"},"padding":{"unit":"PT"},"dashStyle":"SOLID"},"indentFirstLine":{"unit":"PT"},"indentStart":{"unit":"PT"},"indentEnd":{"unit":"PT"},"keepLinesTogether":false,"keepWithNext":false,"avoidWidowAndOrphan":true,"shading":{"backgroundColor":{}},"pageBreakBefore":false}},{"namedStyleType":"HEADING_1","textStyle":{"fontSize":{"magnitude":20,"unit":"PT"}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"magnitude":20,"unit":"PT"},"spaceBelow":{"magnitude":6,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}},{"namedStyleType":"HEADING_2","textStyle":{"bold":false,"fontSize":{"magnitude":16,"unit":"PT"}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"magnitude":18,"unit":"PT"},"spaceBelow":{"magnitude":6,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}},{"namedStyleType":"HEADING_3","textStyle":{"bold":false,"foregroundColor":{"color":{"rgbColor":{"red":0.2627451,"green":0.2627451,"blue":0.2627451}}},"fontSize":{"magnitude":14,"unit":"PT"}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"magnitude":16,"unit":"PT"},"spaceBelow":{"magnitude":4,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}},{"namedStyleType":"HEADING_4","textStyle":{"foregroundColor":{"color":{"rgbColor":{"red":0.4,"green":0.4,"blue":0.4}}},"fontSize":{"magnitude":12,"unit":"PT"}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"magnitude":14,"unit":"PT"},"spaceBelow":{"magnitude":4,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}},{"namedStyleType":"HEADING_5","textStyle":{"foregroundColor":{"color":{"rgbColor":{"red":0.4,"green":0.4,"blue":0.4}}},"fontSize":{"magnitude":11,"unit":"PT"}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"magnitude":12,"unit":"PT"},"spaceBelow":{"magnitude":4,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}},{"namedStyleType":"HEADING_6","textStyle":{"italic":true,"foregroundColor":{"color":{"rgbColor":{"red":0.4,"green":0.4,"blue":0.4}}},"fontSize":{"magnitude":11,"unit":"PT"}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"magnitude":12,"unit":"PT"},"spaceBelow":{"magnitude":4,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}},{"namedStyleType":"TITLE","textStyle":{"fontSize":{"magnitude":26,"unit":"PT"}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"unit":"PT"},"spaceBelow":{"magnitude":3,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}},{"namedStyleType":"SUBTITLE","textStyle":{"italic":false,"foregroundColor":{"color":{"rgbColor":{"red":0.4,"green":0.4,"blue":0.4}}},"fontSize":{"magnitude":15,"unit":"PT"},"weightedFontFamily":{"fontFamily":"Arial","weight":400}},"paragraphStyle":{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT","spaceAbove":{"unit":"PT"},"spaceBelow":{"magnitude":16,"unit":"PT"},"keepLinesTogether":true,"keepWithNext":true,"pageBreakBefore":false}}],"lists":{},"objects":{},"ranges":[],"parent":"","icon":""}]');
CREATE TABLE document_revision (
        n INTEGER PRIMARY KEY AUTOINCREMENT, document_id TEXT NOT NULL, revision TEXT NOT NULL, edits TEXT NOT
        NULL);
INSERT INTO "document_revision" VALUES(1,'1yJfm5di4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY-uCu','ALm37BV3ZR1zTOlUcR64cXQLioDnkHIfxIq2HZt_PlJhx2jIclHkCiHp6bR1IqfEouHgxzNNAL5wIScGebcy8','[]');
INSERT INTO "document_revision" VALUES(2,'1yJfm5di4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY-uCu','ALm37BVF5n3_YNBDRzrZSgqbjG3uhkWKFLf6xuI5aHUQPFeNBTxaQWk8JzFalHlsZfYcMMDktXP_tKsf2rcDk','[["t.0", "", 1, 1, 7]]');
CREATE TABLE file (
        id TEXT PRIMARY KEY, mime_type TEXT NOT NULL, name TEXT NOT NULL, parent TEXT, owner TEXT NOT NULL,
        drive_id TEXT, created TEXT NOT NULL, modified TEXT NOT NULL, modified_by TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1, trashed INTEGER NOT NULL DEFAULT 0, trashed_time TEXT,
        app_properties TEXT NOT NULL DEFAULT '{}', properties TEXT NOT NULL DEFAULT '{}',
        extra TEXT NOT NULL DEFAULT '{}');
INSERT INTO "file" VALUES('1PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA_2O7','application/vnd.google-apps.spreadsheet','Наставничество','0AUtWbi0qL-k8eGaUk9','curator@school.example',NULL,'2022-09-20T09:00:00.000Z','2022-09-20T09:00:00.000Z','curator@school.example',2,0,NULL,'{}','{}','{}');
INSERT INTO "file" VALUES('16UMFxFkM_R5Kjp1vRt-1fjORS_6ilI8ihN5KXSc7Tvo','application/vnd.google-apps.form','Untitled form','0AUtWbi0qL-k8eGaUk9','curator@school.example',NULL,'2022-09-20T09:00:00.000Z','2022-09-20T09:00:00.000Z','curator@school.example',2,0,NULL,'{}','{}','{}');
INSERT INTO "file" VALUES('1yJfm5di4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY-uCu','application/vnd.google-apps.document','Приказ','0AUtWbi0qL-k8eGaUk9','curator@school.example',NULL,'2022-09-20T09:00:00.000Z','2022-09-20T09:00:00.000Z','curator@school.example',2,0,NULL,'{}','{}','{}');
CREATE TABLE form (
        id TEXT PRIMARY KEY, published_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1, edit_after_submit INTEGER NOT NULL DEFAULT 0,
        confirmation TEXT NOT NULL DEFAULT '');
INSERT INTO "form" VALUES('16UMFxFkM_R5Kjp1vRt-1fjORS_6ilI8ihN5KXSc7Tvo','1FAIpQLS_hBKqFYY_kv5ZJr3J1TWDtkwtDDb-xHKas1VOqg6YYZYn9Zh','{"info":{"documentTitle":"Untitled form","title":"Анкета"},"settings":{},"items":[{"itemId":"1865e4bf","title":"Имя","questionItem":{"question":{"questionId":"0000000a","textQuestion":{}}}}],"published":true,"accepting":true}',2,0,'');
CREATE TABLE form_response (
        form_id TEXT NOT NULL, id TEXT NOT NULL, edit_token TEXT NOT NULL, created INTEGER NOT NULL,
        submitted INTEGER NOT NULL, email TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (form_id, id));
INSERT INTO "form_response" VALUES('16UMFxFkM_R5Kjp1vRt-1fjORS_6ilI8ihN5KXSc7Tvo','ACYDBNiA4uoRgnatmUdjAWtGSU8po-799NksnRH9ucAUsdMlHUvTCQCyEZDz_TddJ8H','2_ABaOnuyS5SUkCnD8zRA9a9SkpXz9w3QlY7Zkuvqdt7s8Stqcbnr3yBdGBLEPH1',1663664400000000,1663664400000000,'','{"answers":{"0000000a":["Яна"]},"grades":{},"score":null}');
CREATE TABLE form_watch (
        form_id TEXT NOT NULL, id TEXT NOT NULL, event_type TEXT NOT NULL, topic TEXT NOT NULL,
        created INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (form_id, id));
CREATE TABLE page_secret (value TEXT NOT NULL);
INSERT INTO "page_secret" VALUES('FA02BFE828D67DC4CD7576706A506E1D94DFD530404C2BF428A7B2B6B12C5187');
CREATE TABLE permission (
        file_id TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, role TEXT NOT NULL, email TEXT,
        domain TEXT, view TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (file_id, id, view));
INSERT INTO "permission" VALUES('1PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA_2O7','05968847903702907471','user','owner','curator@school.example',NULL,'','{}');
INSERT INTO "permission" VALUES('16UMFxFkM_R5Kjp1vRt-1fjORS_6ilI8ihN5KXSc7Tvo','05968847903702907471','user','owner','curator@school.example',NULL,'','{}');
INSERT INTO "permission" VALUES('1yJfm5di4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY-uCu','05968847903702907471','user','owner','curator@school.example',NULL,'','{}');
CREATE TABLE refresh_token (
        hash TEXT PRIMARY KEY, client_id TEXT NOT NULL, client_secret_hash TEXT NOT NULL,
        email TEXT NOT NULL, scopes TEXT NOT NULL);
CREATE TABLE request_log (n INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, method TEXT NOT NULL, status INTEGER NOT NULL);
INSERT INTO "request_log" VALUES(1,'2022-09-20T09:00:00+00:00','sheets.spreadsheets.create',200);
INSERT INTO "request_log" VALUES(2,'2022-09-20T09:00:00+00:00','sheets.spreadsheets.values.update',200);
INSERT INTO "request_log" VALUES(3,'2022-09-20T09:00:00+00:00','forms.forms.create',200);
INSERT INTO "request_log" VALUES(4,'2022-09-20T09:00:00+00:00','forms.forms.batchUpdate',200);
INSERT INTO "request_log" VALUES(5,'2022-09-20T09:00:00+00:00','forms.forms.setPublishSettings',200);
INSERT INTO "request_log" VALUES(6,'2022-09-20T09:00:00+00:00','docs.documents.create',200);
INSERT INTO "request_log" VALUES(7,'2022-09-20T09:00:00+00:00','docs.documents.batchUpdate',200);
CREATE TABLE service_account (
        email TEXT NOT NULL, key_id TEXT NOT NULL, public_key TEXT NOT NULL,
        delegated INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (email, key_id));
CREATE TABLE shared_drive (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, request_id TEXT NOT NULL UNIQUE,
        hidden INTEGER NOT NULL DEFAULT 0);
CREATE TABLE sheets_book (
        id TEXT PRIMARY KEY,
        properties TEXT NOT NULL,
        objects TEXT NOT NULL
    );
INSERT INTO "sheets_book" VALUES('1PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA_2O7','{"title":"Наставничество","locale":"en_US","autoRecalc":"ON_CHANGE","timeZone":"Etc/GMT","defaultFormat":{"backgroundColor":{"red":1,"green":1,"blue":1},"padding":{"top":2,"right":3,"bottom":2,"left":3},"verticalAlignment":"BOTTOM","wrapStrategy":"OVERFLOW_CELL","textFormat":{"foregroundColor":{},"fontFamily":"arial,sans,sans-serif","fontSize":10,"bold":false,"italic":false,"strikethrough":false,"underline":false,"foregroundColorStyle":{"rgbColor":{}}},"backgroundColorStyle":{"rgbColor":{"red":1,"green":1,"blue":1}}},"spreadsheetTheme":{"primaryFontFamily":"Arial","themeColors":[{"colorType":"TEXT","color":{"rgbColor":{}}},{"colorType":"BACKGROUND","color":{"rgbColor":{"red":1,"green":1,"blue":1}}},{"colorType":"ACCENT1","color":{"rgbColor":{"red":0.25882354,"green":0.52156866,"blue":0.95686275}}},{"colorType":"ACCENT2","color":{"rgbColor":{"red":0.91764706,"green":0.2627451,"blue":0.20784314}}},{"colorType":"ACCENT3","color":{"rgbColor":{"red":0.9843137,"green":0.7372549,"blue":0.015686275}}},{"colorType":"ACCENT4","color":{"rgbColor":{"red":0.20392157,"green":0.65882355,"blue":0.3254902}}},{"colorType":"ACCENT5","color":{"rgbColor":{"red":1,"green":0.42745098,"blue":0.003921569}}},{"colorType":"ACCENT6","color":{"rgbColor":{"red":0.27450982,"green":0.7411765,"blue":0.7764706}}},{"colorType":"LINK","color":{"rgbColor":{"red":0.06666667,"green":0.33333334,"blue":0.8}}}]}}','{}');
CREATE TABLE sheets_metadata (
        book TEXT NOT NULL,
        number INTEGER NOT NULL,
        key TEXT NOT NULL,
        value TEXT,
        visibility TEXT NOT NULL,
        kind TEXT NOT NULL,
        sheet INTEGER,
        start INTEGER,
        PRIMARY KEY (book, number)
    );
CREATE TABLE sheets_row (
        grid INTEGER NOT NULL,
        row INTEGER NOT NULL,
        cells TEXT NOT NULL,
        filled BLOB,
        formulas INTEGER NOT NULL DEFAULT 0,
        properties TEXT,
        PRIMARY KEY (grid, row)
    );
INSERT INTO "sheets_row" VALUES(1,0,'[[0,{"v":"ФИО"}],[1,{"v":"Баллы"}]]',X'03',0,NULL);
INSERT INTO "sheets_row" VALUES(1,1,'[[0,{"v":"Яна"}],[1,{"v":3}]]',X'03',0,NULL);
INSERT INTO "sheets_row" VALUES(1,2,'[[0,{"v":"Борис"}],[1,{"v":1}]]',X'03',0,NULL);
CREATE TABLE sheets_shared (
        book TEXT NOT NULL,
        number INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (book, number)
    );
CREATE TABLE sheets_sheet (
        grid INTEGER PRIMARY KEY,
        book TEXT NOT NULL,
        sheet INTEGER NOT NULL,
        position INTEGER NOT NULL,
        properties TEXT NOT NULL,
        columns TEXT NOT NULL,
        objects TEXT NOT NULL,
        UNIQUE (book, sheet)
    );
INSERT INTO "sheets_sheet" VALUES(1,'1PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA_2O7',0,0,'{"sheetId":0,"title":"План","sheetType":"GRID","gridProperties":{"rowCount":20,"columnCount":4}}','[]','{}');
CREATE TABLE staff_failure (time TEXT NOT NULL);
CREATE TABLE staff_password (salt TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE staff_session (hash TEXT PRIMARY KEY, until TEXT NOT NULL);
CREATE TABLE upload (
        id TEXT PRIMARY KEY, metadata BLOB NOT NULL, media_type TEXT NOT NULL, data BLOB NOT NULL);
CREATE INDEX file_parent ON file (parent);
CREATE INDEX change_file ON change (file_id);
CREATE INDEX comment_file ON comment (file_id, parent);
CREATE INDEX sheets_row_filled ON sheets_row (grid, row) WHERE filled IS NOT NULL;
CREATE INDEX sheets_row_formulas ON sheets_row (grid) WHERE formulas = 1;
CREATE INDEX sheets_metadata_place ON sheets_metadata (book, sheet, kind, start);
CREATE INDEX document_revision_document ON document_revision (document_id);
CREATE INDEX form_response_order ON form_response (form_id, submitted, id);
CREATE INDEX form_response_token ON form_response (form_id, edit_token);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',6);
INSERT INTO "sqlite_sequence" VALUES('request_log',7);
INSERT INTO "sqlite_sequence" VALUES('document_revision',2);
COMMIT;
