using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class HandFingerAgreementTest
{
    [Fact]
    public void OnlyWhatBothSayIsCompared()
    {
        Note[] printed = [At(60, HandSide.Right, Finger.Thumb), At(62, HandSide.Right, null), At(64, HandSide.Right, Finger.Middle), At(48, null, Finger.Little)];
        Note[] planned = [At(60, HandSide.Right, Finger.Thumb), At(62, HandSide.Left, Finger.Index), At(64, HandSide.Right, Finger.Ring), At(48, HandSide.Left, null)];
        var agreement = HandFingerAgreement.Measure(printed, planned);
        Assert.Equal(new AgreementCount(2, 3), agreement.Hands);
        Assert.Equal(new AgreementCount(1, 2), agreement.Fingers);
        Assert.Equal(0.5, agreement.Fingers.Share);
    }

    [Fact]
    public void TheSameFingerOfTheOtherHand_DoesNotAgree()
    {
        var agreement = HandFingerAgreement.Measure([At(60, HandSide.Right, Finger.Thumb)], [At(60, HandSide.Left, Finger.Thumb)]);
        Assert.Equal(0, agreement.Fingers.Agreeing);
    }

    [Fact]
    public void OtherNotes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => HandFingerAgreement.Measure([At(60, null, null)], []));
        Assert.Throws<ArgumentException>(() => HandFingerAgreement.Measure([At(60, null, null)], [At(61, null, null)]));
        Assert.Equal(0, HandFingerAgreement.Measure([], []).Hands.Share);
    }

    [Fact]
    public void StrokesOfAMotion_AreComparedWithThePlan()
    {
        Note[] notes = [At(60, HandSide.Right, Finger.Index), new(1, 1.4, new(62), 64) { Hand = HandSide.Right, Finger = Finger.Middle }];
        var press = KeyPress.Measure(new PointingHand(HandSide.Right, Finger.Index).Playing(60, notes));
        var agreement = HandFingerAgreement.Measure(notes, press);
        Assert.Equal(new AgreementCount(2, 2), agreement.Hands);
        Assert.Equal(new AgreementCount(1, 2), agreement.Fingers);
    }

    private static Note At(int midi, HandSide? hand, Finger? finger) => new(0.2, 0.6, new(midi), 64) { Hand = hand, Finger = finger };
}
