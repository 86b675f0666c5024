using TorchSharp;
using static TorchSharp.torch;

namespace Duomano.Training.Torch;

/// <summary>A convolution over time as one matrix product of its windows, laid out side by side.</summary>
public static class ConvolutionByProduct
{
    /// <summary>Convolves.</summary>
    /// <param name="x">[batch, channels, frames].</param>
    /// <param name="weight">[outputs, channels, kernel].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="stride">Frames from one window to the next.</param>
    /// <param name="padding">Zeros before the first frame and behind the last.</param>
    /// <param name="dilation">Frames from one tap to the next.</param>
    /// <returns>[batch, outputs, windows].</returns>
    public static Tensor Of(Tensor x, Tensor weight, Tensor? bias, int stride = 1, int padding = 0, int dilation = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        var (batch, channels) = (x.size(0), x.size(1));
        var (outputs, kernel) = (weight.size(0), weight.size(2));
        if (padding > 0) x = nn.functional.pad(x, [padding, padding]);
        var windows = (x.size(2) - dilation * (kernel - 1) - 1) / stride + 1;
        Tensor columns;
        if (kernel == 1 && stride == 1)
        {
            columns = x.transpose(1, 2).reshape(batch * windows, channels);
        }
        else
        {
            // [batch, channels, windows, span]: of each span every dilation-th frame is a tap.
            var spans = x.unfold(2, dilation * (kernel - 1) + 1, stride);
            if (dilation > 1) spans = spans.slice(3, 0, dilation * (kernel - 1) + 1, dilation);
            columns = spans.permute(0, 2, 1, 3).reshape(batch * windows, channels * kernel);
        }

        return nn.functional.linear(columns, weight.reshape(outputs, channels * kernel), bias).view(batch, windows, outputs).transpose(1, 2);
    }
}
