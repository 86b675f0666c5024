namespace Duomano.Core.Fingering;

/// <summary>
/// Costs of terms that the training of fingers starts at. They were found by an averaged structured perceptron (Collins
/// 2002) on fingerings printed in 66 public-domain and freely licensed scores and on the usual fingerings of scales.
/// </summary>
internal static class TunedWeights
{
    public static readonly CostWeights<FingerTerm> Fingers = new(
        (FingerTerm.ChordStretch, 3.47), (FingerTerm.ChordStrain, 0.28), (FingerTerm.OctaveWithoutLittle, 6.23),
        (FingerTerm.LineCramp, 0.85), (FingerTerm.LineStretch, 1.78), (FingerTerm.LineStrain, 1.44),
        (FingerTerm.LineBreak, 1.08), (FingerTerm.PhraseStretch, 0.84), (FingerTerm.PhraseStrain, 0.83),
        (FingerTerm.Shift, 0.76), (FingerTerm.HurriedShift, 1.04), (FingerTerm.Slide, 11.39),
        (FingerTerm.HurriedSlide, 12.99), (FingerTerm.SlideOff, -1.46), (FingerTerm.Substitution, -2.82),
        (FingerTerm.HurriedSubstitution, 3.54), (FingerTerm.HurriedRepetition, 10.56), (FingerTerm.Return, -1.58),
        (FingerTerm.Wander, 5.43), (FingerTerm.PassIndex, 0.38), (FingerTerm.PassMiddle, -0.63),
        (FingerTerm.PassRing, -0.94), (FingerTerm.PassLittle, 14.39), (FingerTerm.PassOver, 1.54),
        (FingerTerm.HurriedPass, 10.22), (FingerTerm.PassUphill, 7.02), (FingerTerm.PassDownhill, -4.37),
        (FingerTerm.Tangle, 8.82), (FingerTerm.Thumb, -0.12), (FingerTerm.Index, -0.21), (FingerTerm.Middle, -0.64),
        (FingerTerm.Ring, 0.09), (FingerTerm.Little, 0.23), (FingerTerm.ThumbOnBlack, -1.02),
        (FingerTerm.IndexOnBlack, -7.71), (FingerTerm.MiddleOnBlack, -8.24), (FingerTerm.RingOnBlack, -6.26),
        (FingerTerm.LittleOnBlack, -4.06), (FingerTerm.ThumbInChord, 11.13), (FingerTerm.IndexInChord, 11.68),
        (FingerTerm.MiddleInChord, 12.44), (FingerTerm.RingInChord, 13.15), (FingerTerm.LittleInChord, 11.36),
        (FingerTerm.ThumbOnBlackInChord, 6.58), (FingerTerm.IndexOnBlackInChord, -0.36),
        (FingerTerm.MiddleOnBlackInChord, 0.69), (FingerTerm.RingOnBlackInChord, 1.82),
        (FingerTerm.LittleOnBlackInChord, 1.56), (FingerTerm.ThumbUpToBlack, 1.45),
        (FingerTerm.LittleUpToBlack, 2.84), (FingerTerm.RingUpToBlack, 0.17), (FingerTerm.MiddleRing, 1.23),
        (FingerTerm.RingLittle, 1.83), (FingerTerm.LetGo, 9.61));
}
