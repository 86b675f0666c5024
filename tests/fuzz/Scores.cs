using System.Text;

namespace Duomano.Fuzz;

/// <summary>Small scores in MusicXML that hold about everything that is read.</summary>
internal static class Scores
{
    /// <summary>Two staves with chords, ties, tuplets, grace notes, ornaments, pedal, dynamics and fingers.</summary>
    public static readonly byte[] Partwise = Encoding.UTF8.GetBytes("""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 3.1 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">
        <score-partwise version="3.1"><work><work-title>Fuzz</work-title></work><identification><creator type="composer">Nobody</creator></identification>
        <part-list><score-part id="P1"><part-name>Piano</part-name><midi-instrument id="P1-I1"><midi-program>1</midi-program></midi-instrument></score-part></part-list>
        <part id="P1"><measure number="1"><attributes><divisions>4</divisions><key><fifths>-3</fifths></key><time><beats>3</beats><beat-type>4</beat-type></time><staves>2</staves></attributes>
        <direction><direction-type><words>Andante</words></direction-type><direction-type><metronome><beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>60</per-minute></metronome></direction-type><sound tempo="90"/></direction>
        <direction><direction-type><dynamics><p/></dynamics></direction-type><offset sound="yes">1</offset></direction><direction><direction-type><wedge type="crescendo" number="1"/></direction-type></direction>
        <direction><direction-type><pedal type="start"/></direction-type></direction>
        <note><grace slash="yes"/><pitch><step>D</step><octave>5</octave></pitch><voice>1</voice><type>eighth</type><staff>1</staff></note>
        <note><pitch><step>C</step><alter>1</alter><octave>5</octave></pitch><duration>4</duration><tie type="start"/><voice>1</voice><type>quarter</type><staff>1</staff><notations><tied type="start"/><technical><fingering>3</fingering></technical><fermata/></notations></note>
        <note><chord/><pitch><step>E</step><octave>5</octave></pitch><duration>4</duration><voice>1</voice><type>quarter</type><staff>1</staff><notations><arpeggiate direction="down"/></notations></note>
        <note><pitch><step>C</step><alter>1</alter><octave>5</octave></pitch><duration>4</duration><tie type="stop"/><voice>1</voice><type>quarter</type><staff>1</staff><notations><tied type="stop"/><ornaments><trill-mark/><accidental-mark>sharp</accidental-mark><wavy-line type="start" number="1"/></ornaments></notations></note>
        <note><pitch><step>A</step><octave>4</octave></pitch><duration>4</duration><voice>1</voice><type>quarter</type><staff>1</staff><notations><ornaments><wavy-line type="stop" number="1"/><mordent/></ornaments><articulations><staccato/><accent/></articulations></notations></note>
        <backup><duration>12</duration></backup><forward><duration>4</duration></forward>
        <note><pitch><step>C</step><octave>3</octave></pitch><duration>4</duration><voice>5</voice><type>eighth</type><time-modification><actual-notes>3</actual-notes><normal-notes>2</normal-notes></time-modification><staff>2</staff><notations><glissando type="start"/></notations></note>
        <note><pitch><step>G</step><octave>3</octave></pitch><duration>4</duration><voice>5</voice><type>quarter</type><staff>2</staff></note>
        <direction><direction-type><wedge type="stop" number="1"/></direction-type></direction><direction><direction-type><pedal type="change"/></direction-type></direction>
        </measure><measure number="2"><attributes><transpose><chromatic>-2</chromatic><octave-change>1</octave-change></transpose></attributes>
        <direction><direction-type><words>rit.</words></direction-type></direction><direction><direction-type><octave-shift type="down" size="8"/></direction-type></direction>
        <note><pitch><step>B</step><octave>4</octave></pitch><duration>6</duration><voice>1</voice><type>quarter</type><dot/><staff>1</staff><notations><ornaments><tremolo type="start">3</tremolo></ornaments></notations></note>
        <note><pitch><step>D</step><octave>5</octave></pitch><duration>6</duration><voice>1</voice><type>quarter</type><dot/><staff>1</staff><notations><ornaments><tremolo type="stop">3</tremolo></ornaments></notations></note>
        <direction><direction-type><pedal type="stop"/></direction-type><sound damper-pedal="no"/></direction></measure></part></score-partwise>
        """.ReplaceLineEndings("\n"));

    /// <summary>Repeats with endings, jumps, and two parts.</summary>
    public static readonly byte[] Repeats = Encoding.UTF8.GetBytes($"""
        <?xml version="1.0"?><score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Right</part-name></score-part><score-part id="P2"><part-name>Left</part-name></score-part></part-list>
        <part id="P1"><measure number="1"><attributes><divisions>1</divisions></attributes><barline location="left"><repeat direction="forward"/></barline>{Quarters(4)}<direction><direction-type><segno/></direction-type><sound segno="1"/></direction></measure>
        <measure number="2"><barline location="left"><ending number="1, 2" type="start"/></barline>{Quarters(4)}<barline location="right"><ending number="1, 2" type="stop"/><repeat direction="backward" times="3"/></barline></measure>
        <measure number="3"><barline location="left"><ending number="3" type="start"/></barline>{Quarters(4)}<direction><direction-type><words>To Coda</words></direction-type></direction><barline location="right"><ending number="3" type="discontinue"/></barline></measure>
        <measure number="4">{Quarters(4)}<direction><direction-type><words>D.S. al Coda</words></direction-type><sound dalsegno="1"/></direction></measure>
        <measure number="5"><direction><direction-type><coda/></direction-type></direction>{Quarters(4)}</measure></part>
        <part id="P2"><measure number="1"><attributes><divisions>2</divisions></attributes>{Quarters(2)}</measure><measure number="2"/><measure number="3"><note><rest measure="yes"/><duration>8</duration></note></measure><measure number="4"/><measure number="5"/></part></score-partwise>
        """.ReplaceLineEndings("\n"));

    /// <summary>Measures first, parts inside them.</summary>
    public static readonly byte[] Timewise = Encoding.UTF8.GetBytes($"""
        <score-timewise version="2.0"><part-list><score-part id="A"/><score-part id="B"/></part-list>
        <measure number="1"><part id="A"><attributes><divisions>1</divisions></attributes>{Quarters(3)}</part><part id="B">{Quarters(2)}</part></measure><measure number="2"><part id="B">{Quarters(1)}</part></measure></score-timewise>
        """.ReplaceLineEndings("\n"));

    private static string Quarters(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"<note><pitch><step>{(char)('C' + i)}</step><octave>4</octave></pitch><duration>1</duration><voice>1</voice></note>"));
}
