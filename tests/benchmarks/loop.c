/* The same training as core/kernel.py, for comparison: cc -O2 -ffp-contract=off loop.c -lm */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double sigmoid(double x) {
    return 1.0 / (1.0 + exp(-x));
}

int main(int argc, char **argv) {
    double input = 0.1, target = 1.5, w1 = 0.5, w2 = 0.5, eta = 0.9, tolerance = 5e-5;
    long most = argc > 1 ? atol(argv[1]) : 50000000, k = 1;
    for (;; k++) {
        double out_h = sigmoid(input * w1);
        double out_o = sigmoid(out_h * w2);
        double r = target - out_o;
        if (0.5 * (r * r) < tolerance || k >= most)
            break;
        double de_dnet_o = -r * (out_o * (1.0 - out_o));
        double de_dw2 = de_dnet_o * out_h;
        double de_dw1 = de_dnet_o * w2 * (out_h * (1.0 - out_h)) * input;
        w1 -= eta * de_dw1;
        w2 -= eta * de_dw2;
    }
    printf("%ld %.17g %.17g\n", k, w1, w2);
    return 0;
}
