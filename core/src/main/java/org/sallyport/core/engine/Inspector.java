package org.sallyport.core.engine;

import org.sallyport.core.model.ScannerState;
import org.sallyport.core.screening.ScreenRequest;
import org.sallyport.core.screening.ScreenWatch;
import org.sallyport.core.screening.Screened;
import org.sallyport.core.screening.Screening;

/** Looks at files. All but {@link #scannerState} may take long. */
interface Inspector {

    /** Never clean unless all of it was looked at. @throws java.util.concurrent.CancellationException when {@code watch} ended it */
    Screened screen(ScreenRequest request, ScreenWatch watch);

    /** As it was when last asked; does not wait. */
    ScannerState scannerState();

    /** Looks for the antivirus program again. */
    ScannerState probe();

    static Inspector of(Screening screening) {
        return new Inspector() {
            @Override
            public Screened screen(ScreenRequest request, ScreenWatch watch) {
                return screening.screen(request, watch);
            }

            @Override
            public ScannerState scannerState() {
                return screening.scannerState();
            }

            @Override
            public ScannerState probe() {
                return screening.probe();
            }
        };
    }
}
