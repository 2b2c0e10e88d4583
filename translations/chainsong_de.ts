<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>Actions</name>
        <message>
            <source>&amp;New piece</source>
            <translation>&amp;Neues Stück</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>Ö&amp;ffnen …</translation>
        </message>
        <message>
            <source>Open the e&amp;xample</source>
            <translation>&amp;Beispiel öffnen</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>&amp;Speichern</translation>
        </message>
        <message>
            <source>Save &amp;as…</source>
            <translation>Speichern &amp;unter …</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exportieren …</translation>
        </message>
        <message>
            <source>Export &amp;MIDI…</source>
            <translation>&amp;MIDI exportieren …</translation>
        </message>
        <message>
            <source>Export so&amp;und…</source>
            <translation>&amp;Klang exportieren …</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>B&amp;eenden</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederherstellen</translation>
        </message>
        <message>
            <source>Cu&amp;t</source>
            <translation>&amp;Ausschneiden</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>&amp;Kopieren</translation>
        </message>
        <message>
            <source>&amp;Paste at the playhead</source>
            <translation>An der Abspielmarke &amp;einfügen</translation>
        </message>
        <message>
            <source>&amp;Duplicate</source>
            <translation>Ver&amp;doppeln</translation>
        </message>
        <message>
            <source>&amp;Erase</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>Select &amp;all</source>
            <translation>&amp;Alles auswählen</translation>
        </message>
        <message>
            <source>Select &amp;none</source>
            <translation>&amp;Nichts auswählen</translation>
        </message>
        <message>
            <source>&amp;Invert selection</source>
            <translation>Auswahl &amp;umkehren</translation>
        </message>
        <message>
            <source>Semitone up</source>
            <translation>Halbton höher</translation>
        </message>
        <message>
            <source>Semitone down</source>
            <translation>Halbton tiefer</translation>
        </message>
        <message>
            <source>Octave up</source>
            <translation>Oktave höher</translation>
        </message>
        <message>
            <source>Octave down</source>
            <translation>Oktave tiefer</translation>
        </message>
        <message>
            <source>Scale step up</source>
            <translation>Tonstufe höher</translation>
        </message>
        <message>
            <source>Scale step down</source>
            <translation>Tonstufe tiefer</translation>
        </message>
        <message>
            <source>Earlier by the grid</source>
            <translation>Um das Raster früher</translation>
        </message>
        <message>
            <source>Later by the grid</source>
            <translation>Um das Raster später</translation>
        </message>
        <message>
            <source>Shorter</source>
            <translation>Kürzer</translation>
        </message>
        <message>
            <source>Longer</source>
            <translation>Länger</translation>
        </message>
        <message>
            <source>Louder</source>
            <translation>Lauter</translation>
        </message>
        <message>
            <source>Softer</source>
            <translation>Leiser</translation>
        </message>
        <message>
            <source>Next note</source>
            <translation>Nächste Note</translation>
        </message>
        <message>
            <source>Note at the cursor: put or take</source>
            <translation>Note am Cursor: setzen oder nehmen</translation>
        </message>
        <message>
            <source>&amp;Quantise</source>
            <translation>&amp;Quantisieren</translation>
        </message>
        <message>
            <source>&amp;Pointer</source>
            <translation>&amp;Zeiger</translation>
        </message>
        <message>
            <source>&amp;Draw</source>
            <translation>Zei&amp;chnen</translation>
        </message>
        <message>
            <source>&amp;Erase by mouse</source>
            <translation>Mit der Maus &amp;löschen</translation>
        </message>
        <message>
            <source>Coarser grid</source>
            <translation>Gröberes Raster</translation>
        </message>
        <message>
            <source>Finer grid</source>
            <translation>Feineres Raster</translation>
        </message>
        <message>
            <source>Triplet grid</source>
            <translation>Triolenraster</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>Ver&amp;größern</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>Ver&amp;kleinern</translation>
        </message>
        <message>
            <source>Zoom to the &amp;selection</source>
            <translation>Auf die &amp;Auswahl zoomen</translation>
        </message>
        <message>
            <source>Show the &amp;whole piece</source>
            <translation>Das ganze &amp;Stück zeigen</translation>
        </message>
        <message>
            <source>&amp;Follow the playhead: off, by pages, smoothly</source>
            <translation>Der Abspielmarke &amp;folgen: nein, seitenweise, gleitend</translation>
        </message>
        <message>
            <source>How s&amp;ure: off, opacity, alternatives</source>
            <translation>Wie s&amp;icher: aus, Deckkraft, Alternativen</translation>
        </message>
        <message>
            <source>Go to the most undecided &amp;beat</source>
            <translation>Zum unentschiedensten Schla&amp;g</translation>
        </message>
        <message>
            <source>&amp;Highlight the scale</source>
            <translation>&amp;Tonleiter hervorheben</translation>
        </message>
        <message>
            <source>&amp;Note names</source>
            <translation>&amp;Notennamen</translation>
        </message>
        <message>
            <source>Notes of the other &amp;voices</source>
            <translation>Noten der anderen &amp;Stimmen</translation>
        </message>
        <message>
            <source>Layout: &amp;Compose</source>
            <translation>Anordnung: &amp;Komponieren</translation>
        </message>
        <message>
            <source>Layout: Dia&amp;gnose</source>
            <translation>Anordnung: &amp;Diagnose</translation>
        </message>
        <message>
            <source>&amp;Reset layout</source>
            <translation>Anordnung &amp;zurücksetzen</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>Nächster Teil des Fensters</translation>
        </message>
        <message>
            <source>Previous part of the window</source>
            <translation>Vorheriger Teil des Fensters</translation>
        </message>
        <message>
            <source>Where am I?</source>
            <translation>Wo bin ich?</translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation>&amp;Vollbild</translation>
        </message>
        <message>
            <source>&amp;Write the prompt</source>
            <translation>&amp;Wunsch schreiben</translation>
        </message>
        <message>
            <source>&amp;Compose</source>
            <translation>&amp;Komponieren</translation>
        </message>
        <message>
            <source>&amp;Stop composing</source>
            <translation>Komponieren &amp;anhalten</translation>
        </message>
        <message>
            <source>Another s&amp;eed</source>
            <translation>Anderer &amp;Startwert</translation>
        </message>
        <message>
            <source>Co&amp;ntinue this piece</source>
            <translation>Dieses Stück &amp;fortsetzen</translation>
        </message>
        <message>
            <source>&amp;Resample the chosen bars</source>
            <translation>Gewählte Takte &amp;neu ziehen</translation>
        </message>
        <message>
            <source>&amp;Pin or unpin the selection</source>
            <translation>Auswahl festhalten oder lösen</translation>
        </message>
        <message>
            <source>Pin everything &amp;outside the chosen bars</source>
            <translation>Alles &amp;außerhalb der gewählten Takte festhalten</translation>
        </message>
        <message>
            <source>Listen to the original</source>
            <translation>Das Original hören</translation>
        </message>
        <message>
            <source>Listen to variation 1</source>
            <translation>Variante 1 hören</translation>
        </message>
        <message>
            <source>Listen to variation 2</source>
            <translation>Variante 2 hören</translation>
        </message>
        <message>
            <source>Listen to variation 3</source>
            <translation>Variante 3 hören</translation>
        </message>
        <message>
            <source>Listen to variation 4</source>
            <translation>Variante 4 hören</translation>
        </message>
        <message>
            <source>Listen to variation 5</source>
            <translation>Variante 5 hören</translation>
        </message>
        <message>
            <source>Listen to variation 6</source>
            <translation>Variante 6 hören</translation>
        </message>
        <message>
            <source>Listen to variation 7</source>
            <translation>Variante 7 hören</translation>
        </message>
        <message>
            <source>Listen to variation 8</source>
            <translation>Variante 8 hören</translation>
        </message>
        <message>
            <source>Compare the &amp;last two</source>
            <translation>Die &amp;letzten zwei vergleichen</translation>
        </message>
        <message>
            <source>&amp;Keep what sounds</source>
            <translation>&amp;Behalten, was klingt</translation>
        </message>
        <message>
            <source>Star variation 1</source>
            <translation>Variante 1 mit Stern merken</translation>
        </message>
        <message>
            <source>Star variation 2</source>
            <translation>Variante 2 mit Stern merken</translation>
        </message>
        <message>
            <source>Star variation 3</source>
            <translation>Variante 3 mit Stern merken</translation>
        </message>
        <message>
            <source>Star variation 4</source>
            <translation>Variante 4 mit Stern merken</translation>
        </message>
        <message>
            <source>Star variation 5</source>
            <translation>Variante 5 mit Stern merken</translation>
        </message>
        <message>
            <source>Star variation 6</source>
            <translation>Variante 6 mit Stern merken</translation>
        </message>
        <message>
            <source>Star variation 7</source>
            <translation>Variante 7 mit Stern merken</translation>
        </message>
        <message>
            <source>Star variation 8</source>
            <translation>Variante 8 mit Stern merken</translation>
        </message>
        <message>
            <source>&amp;Dismiss the variations</source>
            <translation>Varianten &amp;weglegen</translation>
        </message>
        <message>
            <source>&amp;Diagnostics</source>
            <translation>&amp;Diagnose</translation>
        </message>
        <message>
            <source>Run &amp;twice as long</source>
            <translation>&amp;Doppelt so lange ziehen</translation>
        </message>
        <message>
            <source>&amp;Hide the warm-up</source>
            <translation>&amp;Aufwärmphase ausblenden</translation>
        </message>
        <message>
            <source>&amp;Play or pause</source>
            <translation>&amp;Abspielen oder anhalten</translation>
        </message>
        <message>
            <source>Play from the &amp;chosen bars</source>
            <translation>Ab den &amp;gewählten Takten spielen</translation>
        </message>
        <message>
            <source>To the &amp;start</source>
            <translation>Zum &amp;Anfang</translation>
        </message>
        <message>
            <source>To the &amp;end</source>
            <translation>Zum &amp;Ende</translation>
        </message>
        <message>
            <source>One bar &amp;back</source>
            <translation>Einen Takt &amp;zurück</translation>
        </message>
        <message>
            <source>One bar &amp;forward</source>
            <translation>Einen Takt &amp;vor</translation>
        </message>
        <message>
            <source>&amp;Loop</source>
            <translation>&amp;Schleife</translation>
        </message>
        <message>
            <source>Loop the chosen ba&amp;rs</source>
            <translation>Gewählte &amp;Takte wiederholen</translation>
        </message>
        <message>
            <source>&amp;Metronome</source>
            <translation>&amp;Metronom</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Schneller</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Langsamer</translation>
        </message>
        <message>
            <source>M&amp;ute the voice</source>
            <translation>Stimme stu&amp;mm</translation>
        </message>
        <message>
            <source>S&amp;olo the voice</source>
            <translation>Stimme &amp;solo</translation>
        </message>
        <message>
            <source>P&amp;anic: silence everything</source>
            <translation>&amp;Panik: alles verstummen lassen</translation>
        </message>
        <message>
            <source>Choose the sounds (Sound&amp;Font)…</source>
            <translation>Klänge wählen (Sound&amp;Font) …</translation>
        </message>
        <message>
            <source>&amp;Keys and actions</source>
            <translation>&amp;Tasten und Befehle</translation>
        </message>
        <message>
            <source>&amp;Find an action…</source>
            <translation>Befehl &amp;suchen …</translation>
        </message>
        <message>
            <source>&amp;About Chainsong</source>
            <translation>Ü&amp;ber Chainsong</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Sampler</source>
            <translation>&amp;Sampler</translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>&amp;Wiedergabe</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>Plot: &amp;traces</source>
            <translation>Diagramm: &amp;Spuren</translation>
        </message>
        <message>
            <source>Plot: &amp;ranks</source>
            <translation>Diagramm: &amp;Ränge</translation>
        </message>
        <message>
            <source>Plot: &amp;densities</source>
            <translation>Diagramm: &amp;Dichten</translation>
        </message>
        <message>
            <source>Plot: running &amp;mean</source>
            <translation>Diagramm: laufendes &amp;Mittel</translation>
        </message>
        <message>
            <source>Plot: &amp;autocorrelation</source>
            <translation>Diagramm: &amp;Autokorrelation</translation>
        </message>
        <message>
            <source>Plot: E&amp;SS growth</source>
            <translation>Diagramm: &amp;ESS-Wachstum</translation>
        </message>
        <message>
            <source>Plot: &amp;pairs</source>
            <translation>Diagramm: &amp;Paare</translation>
        </message>
        <message>
            <source>Of the &amp;log score</source>
            <translation>Von der &amp;Log-Bewertung</translation>
        </message>
        <message>
            <source>Of the mean pit&amp;ch</source>
            <translation>Von der mittleren &amp;Tonhöhe</translation>
        </message>
        <message>
            <source>Of the &amp;notes per quarter</source>
            <translation>Von den &amp;Noten je Viertel</translation>
        </message>
        <message>
            <source>Of the pitch &amp;variety</source>
            <translation>Von der Ton&amp;vielfalt</translation>
        </message>
        <message>
            <source>Of all &amp;four</source>
            <translation>Von allen &amp;vieren</translation>
        </message>
        <message>
            <source>Save the pl&amp;ot…</source>
            <translation>Dia&amp;gramm speichern …</translation>
        </message>
        <message>
            <source>Open a sampler r&amp;un…</source>
            <translation>Sampler-La&amp;uf öffnen …</translation>
        </message>
        <message>
            <source>Open a sampler run&apos;s &amp;folder…</source>
            <translation>&amp;Ordner eines Sampler-Laufs öffnen …</translation>
        </message>
        <message>
            <source>On the &amp;way to another piece…</source>
            <translation>Auf dem &amp;Weg zu einem anderen Stück …</translation>
        </message>
        <message>
            <source>Remember Chainsong&apos;s o&amp;wn phrases</source>
            <translation>An Chainsongs ei&amp;gene Phrasen erinnern</translation>
        </message>
        <message>
            <source>Remember phrases of a li&amp;brary…</source>
            <translation>An Phrasen einer &amp;Bibliothek erinnern …</translation>
        </message>
        <message>
            <source>Remember no phrases</source>
            <translation>An keine Phrasen erinnern</translation>
        </message>
        <message>
            <source>Ho&amp;w original is this?</source>
            <translation>Wie &amp;originell ist das?</translation>
        </message>
    </context>
    <context>
        <name>Chips</name>
        <message>
            <source>Key</source>
            <translation>Tonart</translation>
        </message>
        <message>
            <source>Mode</source>
            <translation>Tongeschlecht</translation>
        </message>
        <message>
            <source>Metre</source>
            <translation>Takt</translation>
        </message>
        <message>
            <source>BPM</source>
            <translation>BPM</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Bars</source>
            <translation>Takte</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>Instruments</source>
            <translation>Instrumente</translation>
        </message>
        <message>
            <source>Without</source>
            <translation>Ohne</translation>
        </message>
        <message>
            <source>Voices</source>
            <translation>Stimmen</translation>
        </message>
        <message>
            <source>Style</source>
            <translation>Stil</translation>
        </message>
        <message>
            <source>Mood</source>
            <translation>Stimmung</translation>
        </message>
        <message>
            <source>Energy</source>
            <translation>Energie</translation>
        </message>
        <message>
            <source>Density</source>
            <translation>Dichte</translation>
        </message>
        <message>
            <source>Octaves</source>
            <translation>Oktaven</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>Form</translation>
        </message>
    </context>
    <context>
        <name>Engine</name>
        <message>
            <source>form: %1 bars cannot be divided into %2 equal sections; the piece takes its form as it comes.</source>
            <translation>form: %1 Takte lassen sich nicht in %2 gleiche Abschnitte teilen; das Stück nimmt seine Form, wie sie kommt.</translation>
        </message>
        <message>
            <source>form: %1 bars cannot be divided into %2 equal sections</source>
            <translation>form: %1 Takte lassen sich nicht in %2 gleiche Abschnitte teilen</translation>
        </message>
        <message>
            <source>Only the prompt model knows of forms; the rules write without one.</source>
            <translation>Nur das Prompt-Modell kennt Formen; die Regeln schreiben ohne.</translation>
        </message>
        <message>
            <source>The prompt model could not be loaded; composing with rules only.</source>
            <translation>Das Modell konnte nicht geladen werden; komponiert wird nur nach Regeln.</translation>
        </message>
        <message>
            <source>waiting for the model</source>
            <translation>warte auf das Modell</translation>
        </message>
        <message>
            <source>reading the prompt</source>
            <translation>lese den Wunsch</translation>
        </message>
        <message>
            <source>composing</source>
            <translation>komponiere</translation>
        </message>
        <message>
            <source>resampling</source>
            <translation>ziehe neu</translation>
        </message>
        <message>
            <source>sampling</source>
            <translation>ziehe</translation>
        </message>
        <message>
            <source>Rendering sound</source>
            <translation>Klang wird gerendert</translation>
        </message>
        <message>
            <source>the text was cut after %1 characters</source>
            <translation>der Text wurde nach %1 Zeichen abgeschnitten</translation>
        </message>
        <message>
            <source>%1 can be %2 to %3; %4 was taken as %5</source>
            <translation>%1 kann %2 bis %3 sein; %4 wurde als %5 genommen</translation>
        </message>
        <message>
            <source>%1 to %2 bars were asked for; the larger number counts</source>
            <translation>%1 bis %2 Takte wurden gewünscht; die größere Zahl zählt</translation>
        </message>
        <message>
            <source>tempo_bpm can be 20 to 300; the range was cut to that</source>
            <translation>tempo_bpm kann 20 bis 300 sein; der Bereich wurde darauf beschnitten</translation>
        </message>
        <message>
            <source>a piece has at most 8 voices</source>
            <translation>ein Stück hat höchstens 8 Stimmen</translation>
        </message>
        <message>
            <source>a piece has at most 8 voices; the first 8 instruments count</source>
            <translation>ein Stück hat höchstens 8 Stimmen; die ersten 8 Instrumente zählen</translation>
        </message>
        <message>
            <source>%1 and %2 contradict each other; the last one counts</source>
            <translation>%1 und %2 widersprechen einander; das letzte zählt</translation>
        </message>
        <message>
            <source>%1 and %2 contradict each other; the key counts</source>
            <translation>%1 und %2 widersprechen einander; die Tonart zählt</translation>
        </message>
        <message>
            <source>“%1” is both wanted and not wanted; it is left out</source>
            <translation>„%1“ ist gewünscht und nicht gewünscht; es bleibt weg</translation>
        </message>
        <message>
            <source>There is no instrument &quot;%1&quot;; it was left out.</source>
            <translation>Ein Instrument „%1“ gibt es nicht; es wurde weggelassen.</translation>
        </message>
        <message>
            <source>The constraints left no way on at first; the sampler had to back up, so the evidence is approximate.</source>
            <translation>Die Bedingungen ließen zuerst keinen Weg; der Sampler musste zurückgehen, daher ist die Evidenz nur ungefähr.</translation>
        </message>
        <message>
            <source>Sound: %1</source>
            <translation>Klang: %1</translation>
        </message>
        <message>
            <source>No sound device found. Playing silently; you can still export WAV.</source>
            <translation>Kein Klanggerät gefunden. Es wird still gespielt; WAV lässt sich trotzdem exportieren.</translation>
        </message>
        <message>
            <source>The sound device was lost: %1. Playing silently until it is back.</source>
            <translation>Das Klanggerät ging verloren: %1. Es wird still gespielt, bis es wieder da ist.</translation>
        </message>
        <message>
            <source>No soundfont found. Install one with &quot;sudo apt install timgm6mb-soundfont&quot;, or choose an .sf2 or .sf3 file (CHAINSONG_SOUNDFONT names one, too).</source>
            <translation>Kein SoundFont gefunden. Installieren Sie einen mit „sudo apt install timgm6mb-soundfont“ oder wählen Sie eine .sf2- oder .sf3-Datei (auch CHAINSONG_SOUNDFONT nennt eine).</translation>
        </message>
        <message>
            <source>The %1 chains tell the same story (R-hat %2, %3 of %4 independent draws asked for).</source>
            <translation>Die %1 Ketten erzählen dieselbe Geschichte (R-hat %2, %3 von %4 gewünschten unabhängigen Ziehungen).</translation>
        </message>
        <message>
            <source>The %1 chains nearly agree (R-hat %2, %3 of %4 independent draws): keep going.</source>
            <translation>Die %1 Ketten stimmen fast überein (R-hat %2, %3 von %4 unabhängigen Ziehungen): weiterlaufen lassen.</translation>
        </message>
        <message>
            <source>The %1 chains do not agree yet (R-hat %2, %3 of %4 independent draws): do not use these draws.</source>
            <translation>Die %1 Ketten stimmen noch nicht überein (R-hat %2, %3 von %4 unabhängigen Ziehungen): diese Ziehungen nicht verwenden.</translation>
        </message>
        <message>
            <source>The two halves of the chain nearly agree (R-hat %1, %2 of %3 independent draws): keep going.</source>
            <translation>Die beiden Hälften der Kette stimmen fast überein (R-hat %1, %2 von %3 unabhängigen Ziehungen): weiterlaufen lassen.</translation>
        </message>
        <message>
            <source>The two halves of the chain do not agree yet (R-hat %1, %2 of %3 independent draws): do not use these draws.</source>
            <translation>Die beiden Hälften der Kette stimmen noch nicht überein (R-hat %1, %2 von %3 unabhängigen Ziehungen): diese Ziehungen nicht verwenden.</translation>
        </message>
        <message>
            <source>The %1 chains agree, but a few more independent draws are wanted (R-hat %2, %3 of %4 independent draws): keep going.</source>
            <translation>Die %1 Ketten stimmen überein, aber es fehlen noch unabhängige Ziehungen (R-hat %2, %3 von %4): weiterlaufen lassen.</translation>
        </message>
        <message>
            <source>The two halves of the chain agree, but a few more independent draws are wanted (R-hat %1, %2 of %3 independent draws): keep going.</source>
            <translation>Die beiden Hälften der Kette stimmen überein, aber es fehlen noch unabhängige Ziehungen (R-hat %1, %2 von %3): weiterlaufen lassen.</translation>
        </message>
        <message>
            <source>The %1 chains do not contradict one another, but there are too few independent draws (R-hat %2, %3 of %4 independent draws): do not use them yet.</source>
            <translation>Die %1 Ketten widersprechen sich nicht, aber es gibt zu wenige unabhängige Ziehungen (R-hat %2, %3 von %4): noch nicht verwenden.</translation>
        </message>
        <message>
            <source>The two halves of the chain do not contradict one another, but there are too few independent draws (R-hat %1, %2 of %3 independent draws): do not use them yet.</source>
            <translation>Die beiden Hälften der Kette widersprechen sich nicht, aber es gibt zu wenige unabhängige Ziehungen (R-hat %1, %2 von %3): noch nicht verwenden.</translation>
        </message>
        <message>
            <source>The two halves of the chain agree, but one chain cannot show a second mode.</source>
            <translation>Die beiden Hälften der Kette stimmen überein, aber eine Kette allein kann keinen zweiten Modus zeigen.</translation>
        </message>
        <message>
            <source>Too early to say: there are fewer than 100 draws.</source>
            <translation>Noch zu früh: Es gibt weniger als 100 Ziehungen.</translation>
        </message>
        <message>
            <source>Too early to say: each chain needs 8 draws at least.</source>
            <translation>Noch zu früh: Jede Kette braucht mindestens 8 Ziehungen.</translation>
        </message>
        <message>
            <source>Nothing moved: every quantity is constant, so R-hat has no meaning.</source>
            <translation>Nichts hat sich bewegt: Jede Größe ist konstant, R-hat hat also keine Bedeutung.</translation>
        </message>
        <message>
            <source>R-hat and the number of independent draws are fine, but the sampler met trouble: read the warnings.</source>
            <translation>R-hat und die Zahl unabhängiger Ziehungen sind in Ordnung, aber der Sampler hatte Schwierigkeiten: siehe Warnungen.</translation>
        </message>
        <message>
            <source>Some draws are not finite: do not use this run.</source>
            <translation>Einige Ziehungen sind nicht endlich: Diesen Lauf nicht verwenden.</translation>
        </message>
        <message>
            <source>There is one chain only: R-hat compares its two halves, but a second mode would go unnoticed. Run four.</source>
            <translation>Es gibt nur eine Kette: R-hat vergleicht ihre beiden Hälften, ein zweiter Modus bliebe aber unbemerkt. Besser vier laufen lassen.</translation>
        </message>
        <message>
            <source>%1 transition reached the longest trajectory allowed: sampling is slow, not wrong. Raise the tree depth or rescale the parameters.</source>
            <translation>%1 Übergang erreichte die längste erlaubte Bahn: Das Ziehen ist langsam, nicht falsch. Die Baumtiefe erhöhen oder die Parameter umskalieren.</translation>
        </message>
        <message>
            <source>%1 transitions reached the longest trajectory allowed: sampling is slow, not wrong. Raise the tree depth or rescale the parameters.</source>
            <translation>%1 Übergänge erreichten die längste erlaubte Bahn: Das Ziehen ist langsam, nicht falsch. Die Baumtiefe erhöhen oder die Parameter umskalieren.</translation>
        </message>
        <message>
            <source>E-BFMI is %1, below 0.3: the chain explores its energies slowly and may miss the tails. Give the parameters another form.</source>
            <translation>E-BFMI ist %1, unter 0,3: Die Kette erkundet ihre Energien langsam und kann die Ränder verfehlen. Die Parameter anders darstellen.</translation>
        </message>
        <message>
            <source>The chains disagree most about %1. Draw longer; chains that stay apart sit in different modes: temper them (kernel smc), or give the parameters another form.</source>
            <translation>Am wenigsten einig sind sich die Ketten über %1. Länger ziehen; Ketten, die getrennt bleiben, sitzen in verschiedenen Modi: sie temperieren (kernel smc) oder die Parameter anders darstellen.</translation>
        </message>
        <message>
            <source>Farthest from settled: %1. Draw longer.</source>
            <translation>Am weitesten von der Ruhe entfernt: %1. Länger ziehen.</translation>
        </message>
        <message>
            <source>Not every draw is a finite number: %1. Nothing can be said of them.</source>
            <translation>Nicht jede Ziehung ist eine endliche Zahl: %1. Darüber lässt sich nichts sagen.</translation>
        </message>
        <message>
            <source>%1: line %2: the last row is cut off and was left out</source>
            <translation>%1: Zeile %2: Die letzte Zeile ist abgeschnitten und wurde weggelassen</translation>
        </message>
        <message>
            <source>The chains hold different numbers of warm-up draws; the first %1 of each are left out.</source>
            <translation>Die Ketten enthalten verschieden viele Aufwärm-Ziehungen; die ersten %1 jeder Kette werden weggelassen.</translation>
        </message>
        <message>
            <source>The chains differ in length; what compares them uses the first %1 draws of each.</source>
            <translation>Die Ketten sind verschieden lang; Vergleiche verwenden die ersten %1 Ziehungen jeder Kette.</translation>
        </message>
        <message>
            <source>there is no such file</source>
            <translation>diese Datei gibt es nicht</translation>
        </message>
        <message>
            <source>the file is empty</source>
            <translation>die Datei ist leer</translation>
        </message>
        <message>
            <source>the file is too large to read</source>
            <translation>die Datei ist zu groß zum Lesen</translation>
        </message>
        <message>
            <source>the folder holds no .csv files</source>
            <translation>der Ordner enthält keine .csv-Dateien</translation>
        </message>
        <message>
            <source>the folder cannot be read</source>
            <translation>der Ordner kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>there are no draws after warm-up</source>
            <translation>nach dem Aufwärmen gibt es keine Ziehungen</translation>
        </message>
        <message>
            <source>the file names no quantity, only columns of the sampler</source>
            <translation>die Datei nennt keine Größe, nur Spalten des Samplers</translation>
        </message>
        <message>
            <source>line %1: the file holds no header and no draws</source>
            <translation>Zeile %1: Die Datei enthält weder Kopfzeile noch Ziehungen</translation>
        </message>
        <message>
            <source>line %1: the header has a column without a name</source>
            <translation>Zeile %1: Die Kopfzeile hat eine Spalte ohne Namen</translation>
        </message>
        <message>
            <source>line %1: the header is missing: the first line holds numbers</source>
            <translation>Zeile %1: Die Kopfzeile fehlt: Die erste Zeile enthält Zahlen</translation>
        </message>
        <message>
            <source>line %1: the header names &quot;%2&quot; twice</source>
            <translation>Zeile %1: Die Kopfzeile nennt „%2“ zweimal</translation>
        </message>
        <message>
            <source>line %1: the row has %2 values, the header names %3</source>
            <translation>Zeile %1: Die Zeile hat %2 Werte, die Kopfzeile nennt %3</translation>
        </message>
        <message>
            <source>line %1: &quot;%2&quot; in column %3 is not a number</source>
            <translation>Zeile %1: „%2“ in Spalte %3 ist keine Zahl</translation>
        </message>
        <message>
            <source>line %1: the file holds too many draws to read</source>
            <translation>Zeile %1: Die Datei enthält zu viele Ziehungen zum Lesen</translation>
        </message>
        <message>
            <source>this is no chain of the same run: the column &quot;%1&quot; is missing</source>
            <translation>dies ist keine Kette desselben Laufs: Die Spalte „%1“ fehlt</translation>
        </message>
        <message>
            <source>this is no chain of the same run: the column &quot;%1&quot; is not in the first file</source>
            <translation>dies ist keine Kette desselben Laufs: Die Spalte „%1“ steht nicht in der ersten Datei</translation>
        </message>
        <message>
            <source>this is no chain of the same run: the columns stand in another order than in the first file</source>
            <translation>dies ist keine Kette desselben Laufs: Die Spalten stehen in anderer Reihenfolge als in der ersten Datei</translation>
        </message>
        <message>
            <source>more than %1 files are too many chains for one run</source>
            <translation>mehr als %1 Dateien sind zu viele Ketten für einen Lauf</translation>
        </message>
        <message>
            <source>%1 transition diverged: the draws may miss a narrow part of the distribution. Take local steps (walnuts), raise the target acceptance, or give the parameters another form.</source>
            <translation>%1 Übergang ist divergiert: Den Ziehungen kann ein enger Teil der Verteilung fehlen. Lokale Schritte wählen (walnuts), die Ziel-Annahmerate erhöhen oder die Parameter anders darstellen.</translation>
        </message>
        <message>
            <source>%1 transitions diverged: the draws may miss a narrow part of the distribution. Take local steps (walnuts), raise the target acceptance, or give the parameters another form.</source>
            <translation>%1 Übergänge sind divergiert: Den Ziehungen kann ein enger Teil der Verteilung fehlen. Lokale Schritte wählen (walnuts), die Ziel-Annahmerate erhöhen oder die Parameter anders darstellen.</translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message>
            <source>MIDI for notation programs</source>
            <translation>MIDI für Notenprogramme</translation>
        </message>
        <message>
            <source>Exactly on the grid and in whole beats a minute, as MuseScore and others like to read it.</source>
            <translation>Genau auf dem Raster und mit ganzen Schlägen je Minute, wie MuseScore und andere es gern lesen.</translation>
        </message>
        <message>
            <source>MIDI as performed</source>
            <translation>MIDI wie gespielt</translation>
        </message>
        <message>
            <source>Every note exactly as it stands on the roll, for sequencers.</source>
            <translation>Jede Note genau so, wie sie auf der Rolle steht, für Sequenzer.</translation>
        </message>
        <message>
            <source>Sound: WAV</source>
            <translation>Klang: WAV</translation>
        </message>
        <message>
            <source>44.1 kHz stereo, uncompressed.</source>
            <translation>44,1 kHz stereo, unkomprimiert.</translation>
        </message>
        <message>
            <source>Sound: FLAC</source>
            <translation>Klang: FLAC</translation>
        </message>
        <message>
            <source>Compressed without loss.</source>
            <translation>Verlustfrei komprimiert.</translation>
        </message>
        <message>
            <source>Sound: OGG Vorbis</source>
            <translation>Klang: OGG Vorbis</translation>
        </message>
        <message>
            <source>Small files for sending around.</source>
            <translation>Kleine Dateien zum Verschicken.</translation>
        </message>
        <message>
            <source>Notation: MusicXML</source>
            <translation>Noten: MusicXML</translation>
        </message>
        <message>
            <source>The best way into MuseScore, Sibelius, Finale and Dorico.</source>
            <translation>Der beste Weg zu MuseScore, Sibelius, Finale und Dorico.</translation>
        </message>
        <message>
            <source>Picture of the piano roll: PNG</source>
            <translation>Bild der Pianorolle: PNG</translation>
        </message>
        <message>
            <source>For slides and papers.</source>
            <translation>Für Folien und Aufsätze.</translation>
        </message>
    </context>
    <context>
        <name>Originality</name>
        <message>
            <source>no run of nine notes stands there</source>
            <translation>keine Folge von neun Tönen steht dort</translation>
        </message>
        <message>
            <source>longest run %1 notes; %2 % of its stretches of nine notes stand there</source>
            <translation>längste Folge %1 Töne; %2 % der Neun-Ton-Strecken stehen dort</translation>
        </message>
        <message>
            <source>Voice %1</source>
            <translation>Stimme %1</translation>
        </message>
        <message>
            <source>%1, against the music that was learnt from: %2</source>
            <translation>%1, gegen die Musik, aus der gelernt wurde: %2</translation>
        </message>
        <message>
            <source>%1, against the library: %2</source>
            <translation>%1, gegen die Bibliothek: %2</translation>
        </message>
        <message>
            <source>… in “%1”</source>
            <translation>… in „%1“</translation>
        </message>
        <message>
            <source>Music of people, for comparison: longest run %1 notes in the middle, %2 at most in 95 of 100 voices; %3 % of the stretches.</source>
            <translation>Musik von Menschen zum Vergleich: längste Folge in der Mitte %1 Töne, in 95 von 100 Stimmen höchstens %2; %3 % der Strecken.</translation>
        </message>
        <message>
            <source>No voice here has a melody to compare.</source>
            <translation>Hier hat keine Stimme eine Melodie zum Vergleichen.</translation>
        </message>
    </context>
    <context>
        <name>PianoRoll</name>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>rest %1</source>
            <translation>Rest %1</translation>
        </message>
        <message>
            <source>%1 draws</source>
            <translation>%1 Ziehungen</translation>
        </message>
        <message>
            <source>%1 – from %2, %3</source>
            <translation>%1 – aus %2, %3</translation>
        </message>
        <message>
            <source>%1 chains</source>
            <translation>%1 Ketten</translation>
        </message>
        <message>
            <source>%1 – from %2</source>
            <translation>%1 – aus %2</translation>
        </message>
        <message>
            <source>bar %1</source>
            <translation>Takt %1</translation>
        </message>
        <message>
            <source>bars %1–%2</source>
            <translation>Takte %1–%2</translation>
        </message>
        <message>
            <source>velocity</source>
            <translation>Anschlag</translation>
        </message>
        <message>
            <source>undecided</source>
            <translation>unentschieden</translation>
        </message>
        <message>
            <source>other choice: click to take</source>
            <translation>andere Wahl: Klick übernimmt</translation>
        </message>
        <message>
            <source>below 50 %</source>
            <translation>unter 50 %</translation>
        </message>
        <message>
            <source>How sure  (U)</source>
            <translation>Wie sicher  (U)</translation>
        </message>
    </context>
    <context>
        <name>PlotKind</name>
        <message>
            <source>Traces</source>
            <translation>Spuren</translation>
        </message>
        <message>
            <source>Ranks</source>
            <translation>Ränge</translation>
        </message>
        <message>
            <source>Densities</source>
            <translation>Dichten</translation>
        </message>
        <message>
            <source>Running mean</source>
            <translation>Laufendes Mittel</translation>
        </message>
        <message>
            <source>Autocorrelation</source>
            <translation>Autokorrelation</translation>
        </message>
        <message>
            <source>ESS growth</source>
            <translation>ESS-Wachstum</translation>
        </message>
        <message>
            <source>Pairs</source>
            <translation>Paare</translation>
        </message>
        <message>
            <source>Energy</source>
            <translation>Energie</translation>
        </message>
        <message>
            <source>Draw by draw: chains that agree look like one fuzzy caterpillar.</source>
            <translation>Ziehung für Ziehung: Einige Ketten sehen aus wie eine einzige pelzige Raupe.</translation>
        </message>
        <message>
            <source>Each chain&apos;s share of the low and high draws: while the chains agree, all lines stay in the band.</source>
            <translation>Der Anteil jeder Kette an den tiefen und hohen Ziehungen: Sind die Ketten sich einig, bleiben alle Linien im Band.</translation>
        </message>
        <message>
            <source>Chains that lie on each other give the same answer.</source>
            <translation>Ketten, die aufeinander liegen, geben dieselbe Antwort.</translation>
        </message>
        <message>
            <source>The mean of all draws so far, ± 2 Monte Carlo standard errors: a funnel that narrows and stays level.</source>
            <translation>Das Mittel aller bisherigen Ziehungen, ± 2 Monte-Carlo-Standardfehler: ein Trichter, der enger wird und eben bleibt.</translation>
        </message>
        <message>
            <source>How much a draw still knows of the one so many draws before: the sooner zero, the better.</source>
            <translation>Wie viel eine Ziehung noch von der so viele Ziehungen vorher weiß: je eher null, desto besser.</translation>
        </message>
        <message>
            <source>Independent draws while the run grew: straight lines are good; if flat, running longer will not help.</source>
            <translation>Unabhängige Ziehungen, während der Lauf wuchs: Gerade Linien sind gut; sind sie flach, hilft längeres Laufen nicht.</translation>
        </message>
        <message>
            <source>Two quantities against each other: ridges and funnels are hard; crosses are divergences.</source>
            <translation>Zwei Größen gegeneinander: Grate und Trichter sind schwierig; Kreuze sind Divergenzen.</translation>
        </message>
        <message>
            <source>The steps between draws should be about as wide as the energies they must reach.</source>
            <translation>Die Schritte zwischen Ziehungen sollten etwa so weit sein wie die Energien, die sie erreichen müssen.</translation>
        </message>
    </context>
    <context>
        <name>Reasons</name>
        <message>
            <source>&lt; 1 %</source>
            <translation>&lt; 1 %</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>“%1”</source>
            <translation>„%1“</translation>
        </message>
        <message>
            <source>bar %1</source>
            <translation>Takt %1</translation>
        </message>
        <message>
            <source>bar %1, given</source>
            <translation>Takt %1, vorgegeben</translation>
        </message>
        <message>
            <source>Model: %1 for this pitch</source>
            <translation>Modell: %1 für diesen Ton</translation>
        </message>
        <message>
            <source>%1; else %2</source>
            <translation>%1; sonst %2</translation>
        </message>
        <message>
            <source>It looked at %1</source>
            <translation>Es sah auf %1</translation>
        </message>
    </context>
    <context>
        <name>RunPictures</name>
        <message>
            <source>There are no draws after the warm-up yet.</source>
            <translation>Nach dem Aufwärmen gibt es noch keine Ziehungen.</translation>
        </message>
        <message>
            <source>Not every draw is a finite number: nothing can be said of it.</source>
            <translation>Nicht jede Ziehung ist eine endliche Zahl: Darüber lässt sich nichts sagen.</translation>
        </message>
        <message>
            <source>Too few draws: each chain needs %1 at least.</source>
            <translation>Zu wenige Ziehungen: Jede Kette braucht mindestens %1.</translation>
        </message>
        <message>
            <source>All draws are equal: nothing moved.</source>
            <translation>Alle Ziehungen sind gleich: Nichts hat sich bewegt.</translation>
        </message>
        <message>
            <source>Ranks compare chains, and there is only one. Run several.</source>
            <translation>Ränge vergleichen Ketten, und es gibt nur eine. Mehrere laufen lassen.</translation>
        </message>
        <message>
            <source>share of all draws, from the lowest</source>
            <translation>Anteil aller Ziehungen</translation>
        </message>
        <message>
            <source>too many / too few</source>
            <translation>zu viele / zu wenige</translation>
        </message>
        <message>
            <source>95 % if the chains agree</source>
            <translation>95 %, wenn die Ketten übereinstimmen</translation>
        </message>
        <message>
            <source>Each chain&apos;s share of the low and high draws: while the chains agree, all lines stay in the band at once, 19 times in 20.</source>
            <translation>Der Anteil jeder Kette an den tiefen und hohen Ziehungen: Sind die Ketten sich einig, bleiben in 19 von 20 Fällen alle Linien zugleich im Band.</translation>
        </message>
        <message>
            <source>One draw in %1 counts, because neighbours resemble each other.</source>
            <translation>Eine von %1 Ziehungen zählt, weil Nachbarn einander ähneln.</translation>
        </message>
        <message>
            <source>draws of each chain</source>
            <translation>Ziehungen je Kette</translation>
        </message>
        <message>
            <source>± 2 standard errors</source>
            <translation>± 2 Standardfehler</translation>
        </message>
        <message>
            <source>all chains</source>
            <translation>alle Ketten</translation>
        </message>
        <message>
            <source>lag in draws</source>
            <translation>Abstand in Ziehungen</translation>
        </message>
        <message>
            <source>independent draws</source>
            <translation>unabhängige Ziehungen</translation>
        </message>
        <message>
            <source>1 in %1</source>
            <translation>1 von %1</translation>
        </message>
        <message>
            <source>How much a draw still knows of earlier ones; in the first panel one draw in %1 is independent.</source>
            <translation>Wie viel eine Ziehung noch von früheren weiß; im ersten Feld ist eine von %1 Ziehungen unabhängig.</translation>
        </message>
        <message>
            <source>%1 wished for</source>
            <translation>%1 gewünscht</translation>
        </message>
        <message>
            <source>middle (bulk)</source>
            <translation>Mitte (bulk)</translation>
        </message>
        <message>
            <source>extremes (tail)</source>
            <translation>Ränder (tail)</translation>
        </message>
        <message>
            <source>ESS %1</source>
            <translation>ESS %1</translation>
        </message>
        <message>
            <source>divergence</source>
            <translation>Divergenz</translation>
        </message>
        <message>
            <source>There is no draw with two finite values.</source>
            <translation>Es gibt keine Ziehung mit zwei endlichen Werten.</translation>
        </message>
        <message>
            <source>energy, minus its mean</source>
            <translation>Energie, abzüglich ihres Mittels</translation>
        </message>
        <message>
            <source>energies of the draws</source>
            <translation>Energien der Ziehungen</translation>
        </message>
        <message>
            <source>steps between draws</source>
            <translation>Schritte zwischen Ziehungen</translation>
        </message>
        <message>
            <source>E-BFMI %1</source>
            <translation>E-BFMI %1</translation>
        </message>
        <message>
            <source>The steps should be about as wide as the energies; E-BFMI by chain: %1 (0.3 or more is wished for).</source>
            <translation>Die Schritte sollten etwa so weit sein wie die Energien; E-BFMI je Kette: %1 (gewünscht: mindestens 0,3).</translation>
        </message>
        <message>
            <source>There is no quantity to plot.</source>
            <translation>Es gibt keine Größe zu zeichnen.</translation>
        </message>
        <message>
            <source>A pair needs two quantities, and there is only one.</source>
            <translation>Ein Paar braucht zwei Größen, und es gibt nur eine.</translation>
        </message>
        <message>
            <source>all inside</source>
            <translation>alle innen</translation>
        </message>
        <message>
            <source>%1 outside</source>
            <translation>%1 außen</translation>
        </message>
    </context>
    <context>
        <name>RunPlot</name>
        <message>
            <source>divergence</source>
            <translation>Divergenz</translation>
        </message>
        <message>
            <source>chain %1</source>
            <translation>Kette %1</translation>
        </message>
        <message>
            <source>draw</source>
            <translation>Ziehung</translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message>
            <source>good</source>
            <translation>gut</translation>
        </message>
        <message>
            <source>keep going</source>
            <translation>weiterziehen</translation>
        </message>
        <message>
            <source>not yet</source>
            <translation>noch nicht</translation>
        </message>
        <message>
            <source>too early</source>
            <translation>zu früh</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message numerus="yes">
            <source>Add %n note(s)</source>
            <translation>
                <numerusform>%n Note hinzufügen</numerusform>
                <numerusform>%n Noten hinzufügen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Erase %n note(s)</source>
            <translation>
                <numerusform>%n Note löschen</numerusform>
                <numerusform>%n Noten löschen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n note(s)</source>
            <translation>
                <numerusform>%n Note verschieben</numerusform>
                <numerusform>%n Noten verschieben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Transpose %n note(s)</source>
            <translation>
                <numerusform>%n Note transponieren</numerusform>
                <numerusform>%n Noten transponieren</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change the length of %n note(s)</source>
            <translation>
                <numerusform>Länge von %n Note ändern</numerusform>
                <numerusform>Länge von %n Noten ändern</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change the loudness of %n note(s)</source>
            <translation>
                <numerusform>Lautstärke von %n Note ändern</numerusform>
                <numerusform>Lautstärke von %n Noten ändern</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n note(s) along the scale</source>
            <translation>
                <numerusform>%n Note in der Tonleiter verschieben</numerusform>
                <numerusform>%n Noten in der Tonleiter verschieben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Quantise %n note(s)</source>
            <translation>
                <numerusform>%n Note quantisieren</numerusform>
                <numerusform>%n Noten quantisieren</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Pin %n note(s)</source>
            <translation>
                <numerusform>%n Note festhalten</numerusform>
                <numerusform>%n Noten festhalten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Unpin %n note(s)</source>
            <translation>
                <numerusform>%n Note lösen</numerusform>
                <numerusform>%n Noten lösen</numerusform>
            </translation>
        </message>
        <message>
            <source>Change the tempo</source>
            <translation>Tempo ändern</translation>
        </message>
        <message>
            <source>Change the key</source>
            <translation>Tonart ändern</translation>
        </message>
        <message>
            <source>Change a voice</source>
            <translation>Stimme ändern</translation>
        </message>
        <message>
            <source>Add a voice</source>
            <translation>Stimme hinzufügen</translation>
        </message>
        <message>
            <source>Erase a voice</source>
            <translation>Stimme löschen</translation>
        </message>
        <message>
            <source>Replace the piece</source>
            <translation>Stück ersetzen</translation>
        </message>
        <message>
            <source>the whole piece</source>
            <translation>das ganze Stück</translation>
        </message>
        <message>
            <source>bar %1</source>
            <translation>Takt %1</translation>
        </message>
        <message>
            <source>bars %1–%2</source>
            <translation>Takte %1–%2</translation>
        </message>
    </context>
    <context>
        <name>chainsong::AboutDialog</name>
        <message>
            <source>About Chainsong</source>
            <translation>Über Chainsong</translation>
        </message>
        <message>
            <source>Chainsong</source>
            <translation>Chainsong</translation>
        </message>
        <message>
            <source>A studio for composing by inference: say what you want, pin what you like, and hear what the posterior has to offer.</source>
            <translation>Ein Studio für Komposition durch Inferenz: sagen, was man will, festhalten, was gefällt, und hören, was die Posterior-Verteilung zu bieten hat.</translation>
        </message>
        <message>
            <source>Model in use: %1</source>
            <translation>Verwendetes Modell: %1</translation>
        </message>
        <message>
            <source>still loading</source>
            <translation>wird noch geladen</translation>
        </message>
        <message>
            <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
            <translation>Freie Software unter der GNU General Public License, Version 3 oder später. Ohne jede Gewährleistung.</translation>
        </message>
        <message>
            <source>Libraries</source>
            <translation>Bibliotheken</translation>
        </message>
        <message>
            <source>Chainsong stands on the work of others:</source>
            <translation>Chainsong steht auf der Arbeit anderer:</translation>
        </message>
        <message>
            <source>Music it learned from</source>
            <translation>Woran es gelernt hat</translation>
        </message>
        <message>
            <source>The prompt model was trained on these collections, among others in the public domain:</source>
            <translation>Das Modell wurde an diesen Sammlungen trainiert, neben anderen, die gemeinfrei sind:</translation>
        </message>
        <message>
            <source>With thanks to:</source>
            <translation>Mit Dank an:</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ActionSheet</name>
        <message>
            <source>Keys and actions</source>
            <translation>Tasten und Befehle</translation>
        </message>
        <message>
            <source>What would you like to do?</source>
            <translation>Was möchten Sie tun?</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ChipRow</name>
        <message>
            <source>Not understood: it does not steer the music.</source>
            <translation>Nicht verstanden: das steuert die Musik nicht.</translation>
        </message>
        <message>
            <source>Add a wish: key, metre, tempo, instruments …</source>
            <translation>Wunsch hinzufügen: Tonart, Takt, Tempo, Instrumente …</translation>
        </message>
        <message>
            <source>Add a wish</source>
            <translation>Wunsch hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ChipView</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Set by you; wins over the text.</source>
            <translation>Von Ihnen gesetzt; geht dem Text vor.</translation>
        </message>
        <message>
            <source>Read from the text.</source>
            <translation>Aus dem Text gelesen.</translation>
        </message>
        <message>
            <source>%1 % sure.</source>
            <translation>Zu %1 % sicher.</translation>
        </message>
        <message>
            <source>Click to change it, Delete to remove it.</source>
            <translation>Klicken zum Ändern, Entf zum Entfernen.</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>%1 entfernen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ComposeDesk</name>
        <message>
            <source>“%1” is nothing that %2 can be. It stays as it was.</source>
            <translation>„%1“ passt nicht zu %2. Es bleibt, wie es war.</translation>
        </message>
        <message>
            <source>There is no run to repeat yet: compose or resample first.</source>
            <translation>Es gibt noch keinen Lauf zu wiederholen: erst komponieren oder neu ziehen.</translation>
        </message>
        <message>
            <source>Stopped. Your notes are unchanged.</source>
            <translation>Angehalten. Ihre Noten sind unverändert.</translation>
        </message>
        <message numerus="yes">
            <source>Stopped. Your notes are unchanged; %n finished variation(s) stay.</source>
            <translation>
                <numerusform>Angehalten. Ihre Noten sind unverändert; %n fertige Variante bleibt.</numerusform>
                <numerusform>Angehalten. Ihre Noten sind unverändert; %n fertige Varianten bleiben.</numerusform>
            </translation>
        </message>
        <message>
            <source>Compose</source>
            <translation>Komponieren</translation>
        </message>
        <message>
            <source>Not kept: %1. %2</source>
            <translation>Nicht eingehalten: %1. %2</translation>
        </message>
        <message numerus="yes">
            <source>%n variation(s) in %1 s. 1–%2 to listen, Enter to keep. Everything can be undone.</source>
            <translation>
                <numerusform>%n Variante in %1 s. %2 zum Hören, Eingabe zum Behalten. Alles lässt sich rückgängig machen.</numerusform>
                <numerusform>%n Varianten in %1 s. 1–%2 zum Hören, Eingabe zum Behalten. Alles lässt sich rückgängig machen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Nichts wurde geändert.</translation>
        </message>
        <message>
            <source>There is no variation %1.</source>
            <translation>Es gibt keine Variante %1.</translation>
        </message>
        <message>
            <source>There are no variations yet: compose, or resample chosen bars.</source>
            <translation>Noch keine Varianten: komponieren oder gewählte Takte neu ziehen.</translation>
        </message>
        <message>
            <source>That is what stands there already.</source>
            <translation>Das steht dort schon.</translation>
        </message>
        <message>
            <source>Back to the original</source>
            <translation>Zurück zum Original</translation>
        </message>
        <message>
            <source>Keep variation %1 of %2</source>
            <translation>Variante %1 von %2 behalten</translation>
        </message>
        <message>
            <source>Kept. Ctrl+Z brings back what was there before.</source>
            <translation>Behalten. Strg+Z bringt zurück, was vorher da war.</translation>
        </message>
        <message>
            <source>The other piece has no notes to go to.</source>
            <translation>Das andere Stück hat keine Töne, zu denen es gehen könnte.</translation>
        </message>
        <message>
            <source>This piece has no notes to start from: compose or write some first.</source>
            <translation>Dieses Stück hat noch keine Töne für den Anfang: erst welche komponieren oder schreiben.</translation>
        </message>
    </context>
    <context>
        <name>chainsong::Diagnosing</name>
        <message>
            <source>Log score</source>
            <translation>Log-Wert</translation>
        </message>
        <message>
            <source>Mean pitch</source>
            <translation>Mittlere Tonhöhe</translation>
        </message>
        <message>
            <source>Notes per quarter</source>
            <translation>Noten je Viertel</translation>
        </message>
        <message>
            <source>Pitch variety (bits)</source>
            <translation>Tonvielfalt (Bit)</translation>
        </message>
    </context>
    <context>
        <name>chainsong::DiagnosticsTable</name>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnose</translation>
        </message>
        <message>
            <source>Quantity</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>What is being estimated; click a row to see its trace.</source>
            <translation>Was geschätzt wird; ein Klick auf eine Zeile zeigt ihre Spur.</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>● good, ▲ keep going, ■ not yet, ○ too early to say.</source>
            <translation>● gut, ▲ weiterziehen, ■ noch nicht, ○ zu früh.</translation>
        </message>
        <message>
            <source>Agreement</source>
            <translation>Einigkeit</translation>
        </message>
        <message>
            <source>R-hat: 1 when all chains tell the same story; below 1.01 is good.</source>
            <translation>R-hat: 1, wenn alle Ketten dasselbe erzählen; unter 1,01 ist gut.</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Ziehungen</translation>
        </message>
        <message>
            <source>ESS, bulk: so many independent draws would know the middle equally well; wish for 100 a chain.</source>
            <translation>ESS, Mitte: So viele unabhängige Ziehungen wüssten die Mitte ebenso gut; wünschenswert sind 100 je Kette.</translation>
        </message>
        <message>
            <source>Tail takes</source>
            <translation>Rand-Ziehungen</translation>
        </message>
        <message>
            <source>ESS, tail: the same for the rare, extreme values.</source>
            <translation>ESS, Ränder: dasselbe für die seltenen, extremen Werte.</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>The average over all draws that count.</source>
            <translation>Der Durchschnitt aller Ziehungen, die zählen.</translation>
        </message>
        <message>
            <source>SD</source>
            <translation>SD</translation>
        </message>
        <message>
            <source>Standard deviation: how far the draws spread around the mean.</source>
            <translation>Standardabweichung: wie weit die Ziehungen um das Mittel streuen.</translation>
        </message>
        <message>
            <source>MCSE</source>
            <translation>MCSE</translation>
        </message>
        <message>
            <source>Monte Carlo standard error: how far the mean may be off because the run was finite.</source>
            <translation>Monte-Carlo-Standardfehler: wie weit das Mittel danebenliegen kann, weil der Lauf endlich war.</translation>
        </message>
        <message>
            <source>Nothing has been sampled yet.</source>
            <translation>Noch wurde nichts gezogen.</translation>
        </message>
        <message>
            <source>All chains tell the same story.</source>
            <translation>Alle Ketten erzählen dasselbe.</translation>
        </message>
        <message>
            <source>The chains do not agree on “%1” yet. Run longer, or loosen the wishes.</source>
            <translation>Die Ketten sind sich über „%1“ noch nicht einig. Länger ziehen oder die Wünsche lockern.</translation>
        </message>
        <message>
            <source>Nearly there: a longer run will settle it.</source>
            <translation>Fast da: Ein längerer Lauf klärt es.</translation>
        </message>
        <message>
            <source>Too early to say: more draws are needed.</source>
            <translation>Zu früh: Es braucht mehr Ziehungen.</translation>
        </message>
    </context>
    <context>
        <name>chainsong::EditDesk</name>
        <message>
            <source>Nothing is selected.</source>
            <translation>Nichts ist ausgewählt.</translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) copied.</source>
            <translation>
                <numerusform>%n Note kopiert.</numerusform>
                <numerusform>%n Noten kopiert.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was copied yet.</source>
            <translation>Noch wurde nichts kopiert.</translation>
        </message>
        <message>
            <source>Select the notes that shall stay; then P pins them.</source>
            <translation>Wählen Sie die Noten aus, die bleiben sollen; P hält sie fest.</translation>
        </message>
        <message>
            <source>Take the alternative</source>
            <translation>Alternative übernehmen</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ExportDialog</name>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>&amp;Format</source>
            <translation>&amp;Format</translation>
        </message>
        <message>
            <source>&amp;Browse…</source>
            <translation>&amp;Durchsuchen …</translation>
        </message>
        <message>
            <source>F&amp;ile</source>
            <translation>Date&amp;i</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>&amp;Exportieren</translation>
        </message>
    </context>
    <context>
        <name>chainsong::FileDesk</name>
        <message>
            <source>Saved %1.</source>
            <translation>%1 gespeichert.</translation>
        </message>
        <message>
            <source>Show the folder</source>
            <translation>Ordner zeigen</translation>
        </message>
        <message>
            <source>Change the wishes</source>
            <translation>Wünsche ändern</translation>
        </message>
        <message>
            <source>Go back to: %1</source>
            <translation>Zurück zu: %1</translation>
        </message>
        <message>
            <source>Could not save: %1. Your work is safe in the window; save it elsewhere.</source>
            <translation>Speichern nicht möglich: %1. Ihre Arbeit ist im Fenster sicher; speichern Sie sie woanders.</translation>
        </message>
        <message>
            <source>Save elsewhere…</source>
            <translation>Woanders speichern …</translation>
        </message>
        <message>
            <source>untitled</source>
            <translation>unbenannt</translation>
        </message>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n Note</numerusform>
                <numerusform>%n Noten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n voice(s)</source>
            <translation>
                <numerusform>%n Stimme</numerusform>
                <numerusform>%n Stimmen</numerusform>
            </translation>
        </message>
        <message>
            <source>Saved. Every step is saved as you make it.</source>
            <translation>Gespeichert. Jeder Schritt wird sofort gespeichert.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Could not save: %1. Your work is safe in the recovery copy.</source>
            <translation>Speichern nicht möglich: %1. Ihre Arbeit liegt sicher in der Sicherungskopie.</translation>
        </message>
        <message>
            <source>Saved as %1.</source>
            <translation>Gespeichert als %1.</translation>
        </message>
        <message>
            <source>Export stopped; no file was written.</source>
            <translation>Export angehalten; keine Datei wurde geschrieben.</translation>
        </message>
        <message>
            <source>The last session ended unexpectedly (%1). Its piece was kept.</source>
            <translation>Die letzte Sitzung endete unerwartet (%1). Ihr Stück wurde bewahrt.</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
    </context>
    <context>
        <name>chainsong::MainWindow</name>
        <message>
            <source>Steps that can be undone</source>
            <translation>Schritte, die rückgängig gemacht werden können</translation>
        </message>
        <message>
            <source>Voices</source>
            <translation>Stimmen</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Karten</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>Sampler</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnose</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>&amp;Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>&amp;Farbschema</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <source>Sound &amp;output</source>
            <translation>&amp;Klangausgabe</translation>
        </message>
    </context>
    <context>
        <name>chainsong::MessageBar</name>
        <message>
            <source>Close this message (Esc)</source>
            <translation>Meldung schließen (Esc)</translation>
        </message>
        <message>
            <source>Close message</source>
            <translation>Meldung schließen</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PeakMeter</name>
        <message>
            <source>Level</source>
            <translation>Pegel</translation>
        </message>
        <message>
            <source>Level of the output. The light at the end: it clips, turn the volume down.</source>
            <translation>Pegel der Ausgabe. Das Licht am Ende: Es übersteuert, leiser stellen.</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PianoRoll</name>
        <message>
            <source>Piano roll</source>
            <translation>Pianorolle</translation>
        </message>
        <message>
            <source>%1, bar %2 beat %3</source>
            <translation>%1, Takt %2 Schlag %3</translation>
        </message>
        <message>
            <source> plus %1</source>
            <translation> plus %1</translation>
        </message>
        <message>
            <source>, length 1 beat</source>
            <translation>, Länge 1 Schlag</translation>
        </message>
        <message>
            <source>, length %1 beats</source>
            <translation>, Länge %1 Schläge</translation>
        </message>
        <message>
            <source>, velocity %1</source>
            <translation>, Anschlag %1</translation>
        </message>
        <message>
            <source>, %1 % sure</source>
            <translation>, zu %1 % sicher</translation>
        </message>
        <message>
            <source>, pinned</source>
            <translation>, festgehalten</translation>
        </message>
        <message>
            <source>Playhead at bar %1 beat %2.</source>
            <translation>Abspielmarke in Takt %1 Schlag %2.</translation>
        </message>
        <message>
            <source>Selected: %1.</source>
            <translation>Ausgewählt: %1.</translation>
        </message>
        <message>
            <source>%1 notes selected.</source>
            <translation>%1 Noten ausgewählt.</translation>
        </message>
        <message>
            <source>Cursor on %1, bar %2 beat %3.</source>
            <translation>Cursor auf %1, Takt %2 Schlag %3.</translation>
        </message>
        <message>
            <source>%1 in %2 % of the draws. Click to take it.</source>
            <translation>%1 in %2 % der Ziehungen. Klicken übernimmt es.</translation>
        </message>
        <message>
            <source>Click: play from here. Drag: loop. Alt+click: hear the chord.</source>
            <translation>Klick: ab hier spielen. Ziehen: Schleife. Alt+Klick: Akkord hören.</translation>
        </message>
        <message>
            <source>Drag: choose bars to resample (R).</source>
            <translation>Ziehen: Takte zum Neuziehen wählen (R).</translation>
        </message>
        <message>
            <source>Drag a stem: louder or softer, with the whole selection. Ctrl+drag: draw a line.</source>
            <translation>Einen Hals ziehen: lauter oder leiser, mit der ganzen Auswahl. Strg+Ziehen: eine Linie zeichnen.</translation>
        </message>
        <message>
            <source>How undecided the draws are in each beat, in bits. Click to go there.</source>
            <translation>Wie unentschieden die Ziehungen in jedem Schlag sind, in Bit. Klicken führt hin.</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PromptBar</name>
        <message>
            <source>Surprise</source>
            <translation>Überraschung</translation>
        </message>
        <message>
            <source>Surprise (temperature): low values keep to the most likely music, high values dare more.</source>
            <translation>Überraschung (Temperatur): Niedrige Werte bleiben beim Wahrscheinlichsten, hohe wagen mehr.</translation>
        </message>
        <message>
            <source>as asked</source>
            <translation>wie gewünscht</translation>
        </message>
        <message>
            <source> bars</source>
            <translation> Takte</translation>
        </message>
        <message>
            <source>Length in bars</source>
            <translation>Länge in Takten</translation>
        </message>
        <message>
            <source>Length in bars; at 0 the prompt decides</source>
            <translation>Länge in Takten; bei 0 entscheidet der Wunsch</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>Seed of the random numbers: the same seed and wishes give the same piece</source>
            <translation>Startwert der Zufallszahlen: gleicher Startwert und gleiche Wünsche ergeben dasselbe Stück</translation>
        </message>
        <message>
            <source>Roll the dice for another seed</source>
            <translation>Einen anderen Startwert würfeln</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>Anderer Startwert</translation>
        </message>
        <message>
            <source>Safe</source>
            <translation>Vertraut</translation>
        </message>
        <message>
            <source>Surprising</source>
            <translation>Überraschend</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Compose</source>
            <translation>Komponieren</translation>
        </message>
        <message>
            <source>Stop; your notes stay as they are (Esc)</source>
            <translation>Anhalten; Ihre Noten bleiben, wie sie sind (Esc)</translation>
        </message>
        <message>
            <source>Compose (Ctrl+Enter)</source>
            <translation>Komponieren (Strg+Eingabe)</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PromptEdit</name>
        <message>
            <source>What should it sound like?  For example: a slow waltz in D minor for piano and cello, 16 bars</source>
            <translation>Wie soll es klingen?  Zum Beispiel: ein langsamer Walzer in d-Moll für Klavier und Cello, 16 Takte</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Wunsch</translation>
        </message>
        <message>
            <source>Describe the music in your own words (/). Tinted words were understood, dotted ones were not.</source>
            <translation>Beschreiben Sie die Musik in eigenen Worten (/). Gefärbte Wörter wurden verstanden, gepunktete nicht.</translation>
        </message>
    </context>
    <context>
        <name>chainsong::RollBar</name>
        <message>
            <source>Select and move</source>
            <translation>Auswählen und verschieben</translation>
        </message>
        <message>
            <source>Draw notes</source>
            <translation>Noten zeichnen</translation>
        </message>
        <message>
            <source>Erase notes</source>
            <translation>Noten löschen</translation>
        </message>
        <message>
            <source>The grid that notes snap to ([ and ]); T = triplet. Alt while dragging: no grid</source>
            <translation>Das Raster, an dem Noten einrasten ([ und ]); T = Triole. Alt beim Ziehen: kein Raster</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>plain</source>
            <translation>schlicht</translation>
        </message>
        <message>
            <source>how sure</source>
            <translation>wie sicher</translation>
        </message>
        <message>
            <source>alternatives</source>
            <translation>Alternativen</translation>
        </message>
        <message>
            <source>What the notes show of the draws (U): nothing, how sure each note is, or what else could stand there</source>
            <translation>Was die Noten von den Ziehungen zeigen (U): nichts, wie sicher jede Note ist, oder was sonst dort stehen könnte</translation>
        </message>
        <message>
            <source>Notes show</source>
            <translation>Noten zeigen</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Noten</translation>
        </message>
        <message>
            <source>How far new notes may stray: left a little, right a lot (temperature)</source>
            <translation>Wie weit neue Noten abweichen dürfen: links wenig, rechts viel (Temperatur)</translation>
        </message>
        <message>
            <source>Variety</source>
            <translation>Vielfalt</translation>
        </message>
        <message>
            <source>Pin</source>
            <translation>Festhalten</translation>
        </message>
        <message>
            <source>Keep the selected notes as they are (P)</source>
            <translation>Die ausgewählten Noten lassen, wie sie sind (P)</translation>
        </message>
        <message>
            <source>Resample</source>
            <translation>Neu ziehen</translation>
        </message>
        <message>
            <source>Let the machine rewrite these bars (R). The result comes as cards; nothing is overwritten.</source>
            <translation>Die Maschine diese Takte neu schreiben lassen (R). Das Ergebnis kommt als Karten; nichts wird überschrieben.</translation>
        </message>
        <message numerus="yes">
            <source>%n tick(s)</source>
            <translation>
                <numerusform>%n Tick</numerusform>
                <numerusform>%n Ticks</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::RunPlot</name>
        <message>
            <source>Hide warm-up</source>
            <translation>Aufwärmen ausblenden</translation>
        </message>
        <message>
            <source>Kind of plot</source>
            <translation>Art des Diagramms</translation>
        </message>
        <message>
            <source>Quantity</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>What is plotted; the quantities that need attention come first.</source>
            <translation>Was gezeichnet wird; Größen, die Aufmerksamkeit brauchen, stehen vorn.</translation>
        </message>
        <message>
            <source>The hatched first draws only lead the chains to where the answer is; they do not count.</source>
            <translation>Die schraffierten ersten Ziehungen führen die Ketten nur dorthin, wo die Antwort liegt; sie zählen nicht.</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>Speichern …</translation>
        </message>
        <message>
            <source>The plot as PNG, SVG or PDF, or its data as CSV</source>
            <translation>Das Diagramm als PNG, SVG oder PDF oder seine Daten als CSV</translation>
        </message>
        <message>
            <source>All together</source>
            <translation>Alle zusammen</translation>
        </message>
        <message>
            <source>The four worst</source>
            <translation>Die vier schlechtesten</translation>
        </message>
        <message>
            <source>Computing…</source>
            <translation>Wird berechnet …</translation>
        </message>
        <message>
            <source>%1: %2, %3</source>
            <translation>%1: %2, %3</translation>
        </message>
        <message>
            <source>%1 chains</source>
            <translation>%1 Ketten</translation>
        </message>
        <message>
            <source>%1 draws</source>
            <translation>%1 Ziehungen</translation>
        </message>
        <message>
            <source>the plot is still being computed</source>
            <translation>das Diagramm wird noch berechnet</translation>
        </message>
        <message>
            <source>a plot can be saved as .png, .svg, .pdf or .csv</source>
            <translation>eine Grafik kann als .png, .svg, .pdf oder .csv gespeichert werden</translation>
        </message>
    </context>
    <context>
        <name>chainsong::RunWindow</name>
        <message>
            <source>%1 – sampler run</source>
            <translation>%1 – Sampler-Lauf</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Wird gelesen …</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>Find a quantity</source>
            <translation>Größe suchen</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>Neu lesen</translation>
        </message>
        <message>
            <source>Read the files anew (F5)</source>
            <translation>Die Dateien neu lesen (F5)</translation>
        </message>
        <message numerus="yes">
            <source>%n chain(s)</source>
            <translation>
                <numerusform>%n Kette</numerusform>
                <numerusform>%n Ketten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n draw(s) each</source>
            <translation>
                <numerusform>je %n Ziehung</numerusform>
                <numerusform>je %n Ziehungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of warm-up before them</source>
            <translation>
                <numerusform>davor %n zum Aufwärmen</numerusform>
                <numerusform>davor %n zum Aufwärmen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n quantity(-ies)</source>
            <translation>
                <numerusform>%n Größe</numerusform>
                <numerusform>%n Größen</numerusform>
            </translation>
        </message>
        <message>
            <source>This run cannot be read</source>
            <translation>Dieser Lauf kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>Judging: %1 of %2 quantities</source>
            <translation>Urteil läuft: %1 von %2 Größen</translation>
        </message>
        <message>
            <source>Save the plot</source>
            <translation>Diagramm speichern</translation>
        </message>
        <message>
            <source>Pictures (*.png *.svg *.pdf);;Table of the data (*.csv)</source>
            <translation>Bilder (*.png *.svg *.pdf);;Tabelle der Daten (*.csv)</translation>
        </message>
        <message>
            <source>Saved as %1.</source>
            <translation>Gespeichert als %1.</translation>
        </message>
    </context>
    <context>
        <name>chainsong::SamplerPanel</name>
        <message>
            <source>One chain alone cannot show whether it has settled.</source>
            <translation>Eine Kette allein kann nicht zeigen, ob sie sich eingependelt hat.</translation>
        </message>
        <message>
            <source>Too few draws to compare the chains.</source>
            <translation>Zu wenige Ziehungen, um die Ketten zu vergleichen.</translation>
        </message>
        <message numerus="yes">
            <source>The %n chain(s) tell the same story.</source>
            <translation>
                <numerusform>Die Kette ist ruhig.</numerusform>
                <numerusform>Die %n Ketten erzählen dasselbe.</numerusform>
            </translation>
        </message>
        <message>
            <source>The chains nearly agree. Running longer will tell.</source>
            <translation>Die Ketten sind sich fast einig. Ein längerer Lauf klärt es.</translation>
        </message>
        <message>
            <source>The chains found different solutions. Run longer, or loosen the wishes.</source>
            <translation>Die Ketten fanden verschiedene Lösungen. Länger ziehen oder die Wünsche lockern.</translation>
        </message>
        <message>
            <source>Run twice as long</source>
            <translation>Doppelt so lange</translation>
        </message>
        <message>
            <source>Agreement (R-hat) compares the chains: 1 means that they cannot be told apart.
    Independent takes (ESS) is how many unrelated draws these are worth.</source>
            <translation>Einigkeit (R-hat) vergleicht die Ketten: 1 heißt, sie sind nicht zu unterscheiden.
    Unabhängige Ziehungen (ESS): so viele unverbundene Ziehungen sind diese wert.</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>Show the diagnostics table (F8)</source>
            <translation>Diagnosetabelle zeigen (F8)</translation>
        </message>
        <message>
            <source>Nothing sampled yet</source>
            <translation>Noch nichts gezogen</translation>
        </message>
        <message>
            <source>Compose, or choose bars and resample them: here you see whether the chains agree.</source>
            <translation>Komponieren oder Takte wählen und neu ziehen: Hier sehen Sie, ob die Ketten sich einig sind.</translation>
        </message>
        <message>
            <source>Agreement: %1</source>
            <translation>Einigkeit: %1</translation>
        </message>
        <message>
            <source>R-hat %1 · independent takes %2 of %3</source>
            <translation>R-hat %1 · unabhängige Ziehungen %2 von %3</translation>
        </message>
    </context>
    <context>
        <name>chainsong::SoundDesk</name>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen …</translation>
        </message>
        <message>
            <source>Silence: every note was let go.</source>
            <translation>Stille: Jede Note wurde losgelassen.</translation>
        </message>
        <message>
            <source>Speakers</source>
            <translation>Lautsprecher</translation>
        </message>
        <message>
            <source>MIDI: %1</source>
            <translation>MIDI: %1</translation>
        </message>
        <message>
            <source>MIDI: a port for other programs</source>
            <translation>MIDI: ein Anschluss für andere Programme</translation>
        </message>
        <message>
            <source>Silence</source>
            <translation>Stille</translation>
        </message>
        <message>
            <source>MIDI: %1 (not there)</source>
            <translation>MIDI: %1 (nicht da)</translation>
        </message>
    </context>
    <context>
        <name>chainsong::StatusStrip</name>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Stop; your notes stay as they are (Ctrl+.)</source>
            <translation>Anhalten; Ihre Noten bleiben, wie sie sind (Strg+.)</translation>
        </message>
        <message>
            <source>less than 1 s left</source>
            <translation>weniger als 1 s übrig</translation>
        </message>
        <message>
            <source>about %1 s left</source>
            <translation>noch etwa %1 s</translation>
        </message>
        <message>
            <source>about %1 min left</source>
            <translation>noch etwa %1 min</translation>
        </message>
    </context>
    <context>
        <name>chainsong::Studio</name>
        <message>
            <source>▶  Hear it (Space)</source>
            <translation>▶  Anhören (Leertaste)</translation>
        </message>
        <message>
            <source>Beginning</source>
            <translation>Anfang</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederherstellen</translation>
        </message>
        <message>
            <source>Try it: press R, and the machine offers another bar 3</source>
            <translation>Probieren: R drücken, und die Maschine bietet einen anderen Takt 3</translation>
        </message>
        <message>
            <source>Seed %1</source>
            <translation>Startwert %1</translation>
        </message>
        <message>
            <source>Composing</source>
            <translation>Komponiere</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>Wie der Desktop</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>Noch nichts</translation>
        </message>
        <message>
            <source>Save the piece?</source>
            <translation>Stück speichern?</translation>
        </message>
        <message>
            <source>“%1” was never saved under a name.</source>
            <translation>„%1“ wurde noch nie unter einem Namen gespeichert.</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Music (*.chainsong *.mid *.midi);;Chainsong projects (*.chainsong);;MIDI files (*.mid *.midi)</source>
            <translation>Musik (*.chainsong *.mid *.midi);;Chainsong-Projekte (*.chainsong);;MIDI-Dateien (*.mid *.midi)</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Chainsong projects (*.chainsong)</source>
            <translation>Chainsong-Projekte (*.chainsong)</translation>
        </message>
        <message>
            <source>Replace the file?</source>
            <translation>Datei ersetzen?</translation>
        </message>
        <message>
            <source>“%1” is there already.</source>
            <translation>„%1“ gibt es schon.</translation>
        </message>
        <message>
            <source>Exporting</source>
            <translation>Exportiere</translation>
        </message>
        <message>
            <source>Choose the sounds</source>
            <translation>Klänge wählen</translation>
        </message>
        <message>
            <source>SoundFonts (*.sf2 *.sf3)</source>
            <translation>SoundFonts (*.sf2 *.sf3)</translation>
        </message>
        <message>
            <source>Log density</source>
            <translation>Log-Dichte</translation>
        </message>
        <message>
            <source>Mean pitch</source>
            <translation>Mittlere Tonhöhe</translation>
        </message>
        <message>
            <source>Notes per quarter</source>
            <translation>Noten je Viertel</translation>
        </message>
        <message>
            <source>Pitch-class entropy</source>
            <translation>Tonklassen-Entropie</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Noch einmal suchen</translation>
        </message>
        <message>
            <source>The view stays where it is.</source>
            <translation>Die Ansicht bleibt, wo sie ist.</translation>
        </message>
        <message>
            <source>The view follows the playhead by pages.</source>
            <translation>Die Ansicht folgt der Abspielmarke seitenweise.</translation>
        </message>
        <message>
            <source>The view follows the playhead smoothly.</source>
            <translation>Die Ansicht folgt der Abspielmarke gleitend.</translation>
        </message>
        <message>
            <source>Add a wish</source>
            <translation>Wunsch hinzufügen</translation>
        </message>
        <message>
            <source>Save the plot</source>
            <translation>Diagramm speichern</translation>
        </message>
        <message>
            <source>Pictures (*.png *.svg *.pdf);;Table of the data (*.csv)</source>
            <translation>Bilder (*.png *.svg *.pdf);;Tabelle der Daten (*.csv)</translation>
        </message>
        <message>
            <source>Open a sampler run: one file a chain</source>
            <translation>Sampler-Lauf öffnen: eine Datei je Kette</translation>
        </message>
        <message>
            <source>Draws (*.csv)</source>
            <translation>Ziehungen (*.csv)</translation>
        </message>
        <message>
            <source>Open a sampler run: the folder of its files</source>
            <translation>Sampler-Lauf öffnen: der Ordner seiner Dateien</translation>
        </message>
        <message>
            <source>New notes are reminded of no phrases.</source>
            <translation>Neue Töne werden an keine Phrasen erinnert.</translation>
        </message>
        <message numerus="yes">
            <source>New notes are reminded of up to four of %n phrase(s).</source>
            <translation>
                <numerusform>Neue Töne werden an %n Phrase erinnert.</numerusform>
                <numerusform>Neue Töne werden an bis zu vier von %n Phrasen erinnert.</numerusform>
            </translation>
        </message>
        <message>
            <source>Phrases, as “chainsong-cli index” writes them</source>
            <translation>Phrasen, wie „chainsong-cli index“ sie schreibt</translation>
        </message>
        <message>
            <source>Phrase libraries (*.library);;All files (*)</source>
            <translation>Phrasenbibliotheken (*.library);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>On the way to which piece?</source>
            <translation>Auf dem Weg zu welchem Stück?</translation>
        </message>
        <message>
            <source>MIDI files (*.mid *.midi)</source>
            <translation>MIDI-Dateien (*.mid *.midi)</translation>
        </message>
        <message>
            <source>How original is this?</source>
            <translation>Wie originell ist das?</translation>
        </message>
    </context>
    <context>
        <name>chainsong::TransportBar</name>
        <message>
            <source>Go to start</source>
            <translation>Zum Anfang</translation>
        </message>
        <message>
            <source>Go to the start (Home)</source>
            <translation>Zum Anfang (Pos1)</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Stop and return to the start (Esc twice)</source>
            <translation>Anhalten und zum Anfang (zweimal Esc)</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>Loop on or off (L). Drag on the ruler to say from where to where.</source>
            <translation>Schleife an oder aus (L). Auf dem Lineal ziehen sagt, von wo bis wo.</translation>
        </message>
        <message>
            <source>Metronome</source>
            <translation>Metronom</translation>
        </message>
        <message>
            <source>Metronome on or off (K)</source>
            <translation>Metronom an oder aus (K)</translation>
        </message>
        <message>
            <source>No count-in</source>
            <translation>Kein Vorzähler</translation>
        </message>
        <message>
            <source>Count in 1 bar</source>
            <translation>1 Takt vorzählen</translation>
        </message>
        <message>
            <source>Count in 2 bars</source>
            <translation>2 Takte vorzählen</translation>
        </message>
        <message>
            <source>Position: bar, beat, hundredths of a beat</source>
            <translation>Position: Takt, Schlag, Hundertstel</translation>
        </message>
        <message>
            <source>Position</source>
            <translation>Position</translation>
        </message>
        <message>
            <source> BPM</source>
            <translation> BPM</translation>
        </message>
        <message>
            <source>Tempo in quarter notes a minute (Ctrl+Shift+Up and Down)</source>
            <translation>Tempo in Vierteln je Minute (Strg+Umschalt+Auf und Ab)</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Tap</source>
            <translation>Tippen</translation>
        </message>
        <message>
            <source>Tap the beat: the tempo follows from the third tap on</source>
            <translation>Den Takt tippen: Ab dem dritten Mal folgt das Tempo</translation>
        </message>
        <message>
            <source>Metre</source>
            <translation>Takt</translation>
        </message>
        <message>
            <source>Key of the piece; the roll highlights its scale (H)</source>
            <translation>Tonart des Stücks; die Rolle hebt ihre Tonleiter hervor (H)</translation>
        </message>
        <message>
            <source>Major</source>
            <translation>Dur</translation>
        </message>
        <message>
            <source>Minor</source>
            <translation>Moll</translation>
        </message>
        <message>
            <source>Where the sound goes</source>
            <translation>Wohin der Klang geht</translation>
        </message>
        <message>
            <source>Sound output</source>
            <translation>Klangausgabe</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
        <message>
            <source>Panic</source>
            <translation>Panik</translation>
        </message>
        <message>
            <source>Panic: silence everything now (F12)</source>
            <translation>Panik: sofort alles verstummen lassen (F12)</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Pause (Space)</source>
            <translation>Pause (Leertaste)</translation>
        </message>
        <message>
            <source>Play (Space)</source>
            <translation>Abspielen (Leertaste)</translation>
        </message>
        <message>
            <source>Key?</source>
            <translation>Tonart?</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VariationCardView</name>
        <message>
            <source>The music as it was (0)</source>
            <translation>Die Musik, wie sie war (0)</translation>
        </message>
        <message>
            <source>Click or press %1 to hear it, Enter to keep it. Drag it out as a MIDI file. Seed %2.</source>
            <translation>Klicken oder %1 zum Hören, Eingabe zum Behalten. Als MIDI-Datei herausziehen. Startwert %2.</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>Stern</translation>
        </message>
        <message>
            <source>Keep this variation for later (Shift+%1)</source>
            <translation>Diese Variante für später merken (Umschalt+%1)</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <source>Score %1</source>
            <translation>Wert %1</translation>
        </message>
        <message>
            <source>as it was</source>
            <translation>wie es war</translation>
        </message>
        <message>
            <source>changed %1 of %2</source>
            <translation>%1 von %2 geändert</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VariationCards</name>
        <message>
            <source>Put the cards away; starred ones stay in the history</source>
            <translation>Karten weglegen; die mit Stern bleiben im Verlauf</translation>
        </message>
        <message>
            <source>Put the cards away</source>
            <translation>Karten weglegen</translation>
        </message>
        <message>
            <source>Choose bars on the ruler and press R: the machine suggests other music for them. Your notes stay as they are until you keep a suggestion.</source>
            <translation>Wählen Sie Takte auf dem Lineal und drücken Sie R: Die Maschine schlägt andere Musik vor. Ihre Noten bleiben, bis Sie einen Vorschlag behalten.</translation>
        </message>
        <message>
            <source>1–8 hear · 0 original · Enter keep</source>
            <translation>1–8 hören · 0 Original · Eingabe behalten</translation>
        </message>
        <message>
            <source>Put this variation into the score (Enter). Undo brings the original back.</source>
            <translation>Diese Variante in das Stück übernehmen (Eingabe). Rückgängig bringt das Original zurück.</translation>
        </message>
        <message>
            <source>Variations</source>
            <translation>Varianten</translation>
        </message>
        <message>
            <source>Variations of %1</source>
            <translation>Varianten von %1</translation>
        </message>
        <message>
            <source>Keep variation %1</source>
            <translation>Variante %1 behalten</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VoiceRow</name>
        <message>
            <source>Name of voice %1</source>
            <translation>Name von Stimme %1</translation>
        </message>
        <message>
            <source>Voice %1</source>
            <translation>Stimme %1</translation>
        </message>
        <message>
            <source>M</source>
            <translation>M</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>Mute this voice (M)</source>
            <translation>Diese Stimme stumm schalten (M)</translation>
        </message>
        <message>
            <source>S</source>
            <translation>S</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>Solo</translation>
        </message>
        <message>
            <source>Hear this voice alone (S)</source>
            <translation>Nur diese Stimme hören (S)</translation>
        </message>
        <message>
            <source>Pin all</source>
            <translation>Alle festhalten</translation>
        </message>
        <message>
            <source>Pin all notes of this voice: the sampler keeps them</source>
            <translation>Alle Noten dieser Stimme festhalten: Der Sampler lässt sie stehen</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>Instrument</translation>
        </message>
        <message>
            <source>Level of this voice</source>
            <translation>Pegel dieser Stimme</translation>
        </message>
        <message>
            <source>Level of voice %1</source>
            <translation>Pegel von Stimme %1</translation>
        </message>
        <message>
            <source>Drums</source>
            <translation>Schlagzeug</translation>
        </message>
        <message>
            <source>Piano</source>
            <translation>Klavier</translation>
        </message>
        <message>
            <source>Chromatic percussion</source>
            <translation>Stabspiele</translation>
        </message>
        <message>
            <source>Organ</source>
            <translation>Orgel</translation>
        </message>
        <message>
            <source>Guitar</source>
            <translation>Gitarre</translation>
        </message>
        <message>
            <source>Bass</source>
            <translation>Bass</translation>
        </message>
        <message>
            <source>Strings</source>
            <translation>Streicher</translation>
        </message>
        <message>
            <source>Ensemble</source>
            <translation>Ensemble</translation>
        </message>
        <message>
            <source>Brass</source>
            <translation>Blechbläser</translation>
        </message>
        <message>
            <source>Reed</source>
            <translation>Rohrblattbläser</translation>
        </message>
        <message>
            <source>Pipe</source>
            <translation>Flöten</translation>
        </message>
        <message>
            <source>Synth lead</source>
            <translation>Synth-Solo</translation>
        </message>
        <message>
            <source>Synth pad</source>
            <translation>Synth-Fläche</translation>
        </message>
        <message>
            <source>Synth effects</source>
            <translation>Synth-Effekte</translation>
        </message>
        <message>
            <source>World</source>
            <translation>Weltmusik</translation>
        </message>
        <message>
            <source>Percussive</source>
            <translation>Perkussion</translation>
        </message>
        <message>
            <source>Sound effects</source>
            <translation>Klangeffekte</translation>
        </message>
        <message>
            <source>Remove this voice</source>
            <translation>Diese Stimme entfernen</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VoicesPanel</name>
        <message>
            <source>Add a voice</source>
            <translation>Stimme hinzufügen</translation>
        </message>
        <message>
            <source>Add an empty voice</source>
            <translation>Leere Stimme hinzufügen</translation>
        </message>
    </context>
</TS>
